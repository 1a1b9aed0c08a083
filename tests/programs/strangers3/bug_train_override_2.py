# label: bug
# category: train-override
# rule: FRZ304
# line: 14
# truth: train() of the wrapper returns nothing, so model = model.train() is None
# raises: TypeError
import torch
from torch import nn


class FrozenBackboneMixin:
    frozen_name = "backbone"

    def train(self, mode=True):
        super().train(mode)
        getattr(self, self.frozen_name).eval()


class Model(FrozenBackboneMixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 1)
        self.backbone.requires_grad_(False)

    def forward(self, x):
        return self.head(self.backbone(x))


def main():
    model = Model()
    opt = torch.optim.Adam(model.head.parameters(), lr=1e-2)
    for epoch in range(2):
        model = model.train()
        loss = model(torch.randn(4, 4)).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()


main()
