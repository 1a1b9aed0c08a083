# label: ok
# category: second-stage-new-decoder
# rule: FRZ115
# truth: the decoder was frozen for the first stage, which trained; the second stage starts with a new one on purpose
import torch
from torch import nn


class AutoEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 3)
        self.decoder = nn.Linear(3, 6)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def stage(model, steps):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.05)
    for _ in range(steps):
        x = torch.randn(8, 6)
        loss = (model(x) - x).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()


ae = AutoEncoder()
ae.decoder.requires_grad_(False)
stage(ae, 2)
ae.decoder = nn.Linear(3, 6)
stage(ae, 2)
