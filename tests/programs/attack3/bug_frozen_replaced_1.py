# label: bug
# category: frozen-replaced
# rule: FRZ115
# line: 27
# truth: the frozen encoder is replaced by a new one when weights are loaded; the new one requires grad and moves
import copy

import torch
from torch import nn


def make_encoder(width=8):
    return nn.Sequential(nn.Linear(5, width), nn.LayerNorm(width), nn.GELU())


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = make_encoder()
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        return self.head(self.encoder(x))


def load_pretrained(model, state):
    model.encoder = make_encoder()
    model.encoder.load_state_dict(state)
    return model


class Experiment:
    def __init__(self, state, freeze_encoder=True):
        self.model = Regressor()
        if freeze_encoder:
            for p in self.model.encoder.parameters():
                p.requires_grad = False
        self.model = load_pretrained(self.model, state)
        self.optim = torch.optim.Adam(self.model.parameters(), lr=1e-2)

    def fit(self, n):
        for _ in range(n):
            x = torch.randn(8, 5)
            loss = nn.functional.mse_loss(self.model(x), x.sum(1, keepdim=True))
            self.optim.zero_grad()
            loss.backward()
            self.optim.step()


pretrained = copy.deepcopy(make_encoder().state_dict())
exp = Experiment(pretrained)
exp.fit(3)
