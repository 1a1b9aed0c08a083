"""FRZ210: what it must not report, and the forms in which it must."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        return self.head(self.body(x).relu())

def loss_of(model):
    return model(torch.randn(2, 4)).pow(2).mean()

model = Net()
"""


def found(text: str) -> list[tuple[str, int]]:
    """The findings of the rule, by the line in `text`."""
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ210")]


_LOOP = """
groups = [
    {"params": model.body.parameters(), "lr": RATE},
    {"params": model.head.parameters()},
]
optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
scheduler = torch.optim.lr_scheduler.SCHEDULER
for epoch in range(9):
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
    scheduler.step()
"""
_CYCLE = "OneCycleLR(optimizer, 0.1, total_steps=20)"


def looped(scheduler: str, rate: str = "0.0") -> list[tuple[str, int]]:
    return found(_LOOP.replace("SCHEDULER", scheduler).replace("RATE", rate))


@pytest.mark.parametrize(
    "scheduler",
    [
        "StepLR(optimizer, 3)",
        "ExponentialLR(optimizer, 0.9)",
        "LambdaLR(optimizer, lambda e: 0.9**e)",
        "CosineAnnealingLR(optimizer, 9)",
        "CosineAnnealingLR(optimizer, 9, 0)",
        "CosineAnnealingWarmRestarts(optimizer, 3)",
        "ReduceLROnPlateau(optimizer, min_lr=0.01)",
        "LinearLR(optimizer)",
        "OneCycleLR(optimizer, [0.0, 0.1], total_steps=20)",
    ],
)
def test_silent_on_a_rate_of_0_without_such_a_scheduler(scheduler: str) -> None:
    assert looped(scheduler) == []


@pytest.mark.parametrize(
    "scheduler",
    [
        _CYCLE,
        "OneCycleLR(optimizer, max_lr=0.1, epochs=9, steps_per_epoch=1)",
        "CyclicLR(optimizer, base_lr=0.01, max_lr=0.1)",
        "CosineAnnealingLR(optimizer, 9, eta_min=1e-5)",
        "CosineAnnealingLR(optimizer, 9, 1e-5)",
        "CosineAnnealingWarmRestarts(optimizer, 3, eta_min=1e-5)",
    ],
)
def test_schedulers_that_lift(scheduler: str) -> None:
    assert looped(scheduler) == [("FRZ210", 3)]
    assert looped(scheduler, "0") == [("FRZ210", 3)]
    assert looped(scheduler, "1e-4") == []


def test_silent_without_a_scheduler_or_its_steps() -> None:
    assert found(_LOOP.replace("    scheduler.step()\n", "").replace("SCHEDULER", _CYCLE).replace("RATE", "0.0")) == []


def test_silent_on_a_warm_up_of_all() -> None:
    text = """
optimizer = torch.optim.Adam(model.parameters(), lr=0.0)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=20)
for epoch in range(9):
    loss_of(model).backward()
    optimizer.step()
    scheduler.step()
"""
    assert found(text) == []


def test_silent_on_what_is_frozen_besides() -> None:
    assert found("\nmodel.body.requires_grad_(False)" + _LOOP.replace("SCHEDULER", _CYCLE).replace("RATE", "0.0")) == []


_WRITTEN = """
optimizer = torch.optim.SGD([{"params": model.body.parameters()}, {"params": model.head.parameters()}], lr=0.1)
scheduler = torch.optim.lr_scheduler.SCHEDULER
for epoch in range(9):
    if epoch == 3:
        optimizer.param_groups[0]["lr"] = 0.0
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
    scheduler.step()
"""


def test_rates_written_by_hand() -> None:
    for scheduler, expected in (
        ("LambdaLR(optimizer, lambda e: 0.9**e)", [("FRZ210", 6)]),
        ("CosineAnnealingWarmRestarts(optimizer, 3)", [("FRZ210", 6)]),
        ("OneCycleLR(optimizer, 0.1, total_steps=20)", [("FRZ210", 6)]),
        ("StepLR(optimizer, 3)", []),
        ("ExponentialLR(optimizer, 0.9)", []),
        ("CosineAnnealingLR(optimizer, 9)", []),
    ):
        assert found(_WRITTEN.replace("SCHEDULER", scheduler)) == expected, scheduler


def test_silent_on_a_rate_that_is_set_before_every_step() -> None:
    text = _WRITTEN.replace("SCHEDULER", "LambdaLR(optimizer, lambda e: 0.9**e)").replace("if epoch == 3:", "if True:")
    assert found(text) == []


_NORM = """
class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), NORM)
        self.head = nn.Linear(4, 1)
    def forward(self, x):
        return self.head(self.body(x))
model = Stem()
optimizer = torch.optim.SGD([dict(params=model.body.parameters(), lr=0.0), dict(params=model.head.parameters())], lr=1)
for epoch in range(9):
    MODE
    loss_of(model).backward()
    optimizer.step()
"""


def test_statistics() -> None:
    for norm, mode, expected in (
        ("nn.BatchNorm1d(4)", "pass", [("FRZ210", 10)]),
        ("nn.BatchNorm1d(4)", "model.train()", [("FRZ210", 10)]),
        ("nn.BatchNorm1d(4)", "model.body.eval()", []),
        ("nn.LayerNorm(4)", "pass", []),
        ("nn.BatchNorm1d(4, track_running_stats=False)", "pass", []),
    ):
        assert found(_NORM.replace("NORM", norm).replace("MODE", mode)) == expected, (norm, mode)
