"""FRZ209: what it must not report, and the forms in which it must."""

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
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ209")]


_LOOP = """
from torch.optim import lr_scheduler
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
scheduler = lr_scheduler.SCHEDULER
for epoch in range(9):
    if epoch == 3:
        optimizer.add_param_group({"params": model.body.parameters(), "lr": 0.01})
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
    scheduler.step()
"""


@pytest.mark.parametrize(
    "scheduler",
    [
        "StepLR(optimizer, 3)",
        "MultiStepLR(optimizer, [3, 5])",
        "ExponentialLR(optimizer, 0.9)",
        "CosineAnnealingLR(optimizer, T_max=9)",
        "ReduceLROnPlateau(optimizer)",
        "LinearLR(optimizer)",
        "PolynomialLR(optimizer)",
        "ConstantLR(optimizer)",
    ],
)
def test_silent_on_schedulers_that_read_groups_live(scheduler: str) -> None:
    assert found(_LOOP.replace("SCHEDULER", scheduler)) == []


@pytest.mark.parametrize(
    "scheduler",
    [
        "LambdaLR(optimizer, lambda e: 0.9**e)",
        "MultiplicativeLR(optimizer, lambda e: 0.9)",
        "OneCycleLR(optimizer, max_lr=0.1, total_steps=90)",
        "CyclicLR(optimizer, 0.01, 0.1)",
        "CosineAnnealingWarmRestarts(optimizer, 3)",
    ],
)
def test_schedulers_with_lists_of_their_own(scheduler: str) -> None:
    assert found(_LOOP.replace("SCHEDULER", scheduler)) == [("FRZ209", 7)]


_LAMBDA = _LOOP.replace("SCHEDULER", "LambdaLR(optimizer, lambda e: 0.9**e)")


def test_silent_where_the_scheduler_is_taught() -> None:
    added = 'optimizer.add_param_group({"params": model.body.parameters(), "lr": 0.01})'
    assert added in _LAMBDA
    for taught in ("scheduler.base_lrs.append(0.01)", "scheduler.base_lrs = [0.1, 0.01]"):
        assert found(_LAMBDA.replace(added, f"{added}\n        {taught}")) == [], taught


def test_silent_where_the_scheduler_does_not_step_again() -> None:
    assert found(_LAMBDA.replace("    scheduler.step()\n", "")) == []
    assert found(_LAMBDA.replace("scheduler.step()", "if epoch < 3: pass")) == []


def test_silent_on_groups_before_the_scheduler() -> None:
    text = """
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
optimizer.add_param_group({"params": model.body.parameters()})
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda e: 0.9**e)
for epoch in range(9):
    optimizer.step()
    scheduler.step()
"""
    assert found(text) == []


def test_silent_where_another_scheduler_takes_over() -> None:
    text = """
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
def schedule():
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda e: 0.9**e)
scheduler = schedule()
for epoch in range(9):
    if epoch == 3:
        optimizer.add_param_group({"params": model.body.parameters()})
        scheduler = schedule()
    optimizer.step()
    scheduler.step()
"""
    assert found(text) == []


def test_through_helpers() -> None:
    text = """
class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.AdamW(model.head.parameters())
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda e: 0.9**e)
    def unfreeze(self):
        add(self.optimizer, self.model.body)
    def fit(self):
        self.epoch()
        self.unfreeze()
        self.epoch()
    def epoch(self):
        loss_of(self.model).backward()
        self.optimizer.step()
        self.scheduler.step()
def add(optimizer, part):
    group = {"params": list(part.parameters())}
    optimizer.add_param_group(group)
Trainer(model).fit()
"""
    assert found(text) == [("FRZ209", 19)]


def test_schedules_of_transformers() -> None:
    text = _LAMBDA.replace("from torch.optim import lr_scheduler", "from transformers import NAME").replace(
        "lr_scheduler.LambdaLR(optimizer, lambda e: 0.9**e)", "NAME(optimizer, 5, 50)"
    )
    assert found(text.replace("NAME", "get_linear_schedule_with_warmup")) == [("FRZ209", 7)]
    assert found(text.replace("NAME", "get_reduce_on_plateau_schedule")) == []
