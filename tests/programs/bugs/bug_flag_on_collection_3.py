# label: bug
# category: flag-on-collection
# rule: FRZ107
# line: 25
# truth: iterating a state_dict gives strings, setting a flag on one raises
# raises: AttributeError
import torch
from torch import nn


class Forecaster(nn.Module):
    """Linear trend plus a small correction net."""

    def __init__(self, horizon=3, history=8):
        super().__init__()
        self.trend = nn.Linear(history, horizon)
        self.correction = nn.Sequential(nn.Linear(history, 16), nn.ReLU(), nn.Linear(16, horizon))

    def forward(self, past):
        return self.trend(past) + self.correction(past)


def fit(model, n_iter=3):
    for p in model.trend.state_dict():
        p.requires_grad = False
    optimizer = torch.optim.Adam(model.correction.parameters(), lr=1e-2)
    for _ in range(n_iter):
        series = torch.randn(16, 11).cumsum(1)
        loss = nn.functional.l1_loss(model(series[:, :8]), series[:, 8:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


fit(Forecaster())
