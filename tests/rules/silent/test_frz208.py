"""FRZ208: what it must not report, and the forms in which it must."""

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
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ208")]


_LOOP = """
optimizer = torch.optim.OPTIMIZER
for _ in range(9):
    optimizer.zero_grad()
    loss_of(model).backward()
    CHANGE
    optimizer.step()
"""


def looped(change: str, optimizer: str = "AdamW(model.parameters())") -> list[tuple[str, int]]:
    return found(_LOOP.replace("CHANGE", change).replace("OPTIMIZER", optimizer))


FOUND = [("FRZ208", 6)]


def test_silent_on_gradients_set_to_none() -> None:
    assert looped("for p in model.body.parameters(): p.grad = None") == []
    assert looped("model.body.weight.grad = None") == []
    assert looped("model.body.zero_grad()") == []


def test_silent_on_rows_that_are_restored_after_the_step() -> None:
    text = """
saved = model.body.weight.detach().clone()
optimizer = torch.optim.AdamW(model.parameters())
for _ in range(9):
    optimizer.zero_grad()
    loss_of(model).backward()
    model.body.weight.grad[:2] = 0
    optimizer.step()
    RESTORED
"""
    for restored in (
        "model.body.weight.data[:2] = saved[:2]",
        "with torch.no_grad(): model.body.weight[:2] = saved[:2]",
        "with torch.no_grad(): model.body.weight[:2].copy_(saved[:2])",
        "model.body.weight.data.copy_(saved)",
    ):
        assert found(text.replace("RESTORED", restored)) == [], restored
    assert found(text.replace("RESTORED", "pass")) == [("FRZ208", 7)]


def test_silent_on_plain_sgd() -> None:
    zero = "model.body.weight.grad.zero_()"
    assert looped(zero, "SGD(model.parameters(), lr=0.1)") == []
    assert looped(zero, "SGD(model.parameters(), 0.1, 0, 0, 0)") == []
    assert looped(zero, "SGD(model.parameters(), 0.1, 0, 0, 0.01)") == FOUND


def test_silent_on_memory_of_nothing() -> None:
    zero = "model.body.weight.grad.zero_()"
    assert looped(zero, "Adam(model.parameters())") == []
    assert looped(zero, "SGD(model.parameters(), lr=0.1, momentum=0.9)") == []
    assert looped(f"if _ < 3: {zero}", "Adam(model.parameters())") == []
    assert looped(f"if _ > 3: {zero}", "Adam(model.parameters())") == FOUND


def test_silent_where_gradients_are_cleared_by_hand() -> None:
    text = """
optimizer = torch.optim.AdamW(model.parameters())
for _ in range(9):
    for p in model.parameters():
        if p.grad is not None:
            p.grad.zero_()
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_on_bad_steps_that_are_skipped() -> None:
    text = """
optimizer = torch.optim.AdamW(model.parameters())
for _ in range(9):
    optimizer.zero_grad()
    loss = loss_of(model)
    loss.backward()
    if torch.isnan(loss):
        for p in model.parameters():
            p.grad.zero_()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_on_other_changes() -> None:
    for change in (
        "model.body.weight.grad.clamp_(-1, 1)",
        "model.body.weight.grad *= 0.5",
        "model.body.weight.grad.mul_(0.1)",
        "model.body.weight.grad += 0.01 * torch.randn(4, 4)",
        "model.body.weight.grad.nan_to_num_()",
        "model.body.weight.register_hook(lambda g: g.clamp(-1, 1))",
        "model.body.weight.register_hook(lambda g: print(g.norm()))",
    ):
        assert looped(change) == [], change


def test_silent_on_another_optimizers_parameters() -> None:
    assert looped("for p in model.body.parameters(): p.grad.zero_()", "AdamW(model.head.parameters())") == []


@pytest.mark.parametrize(
    "change",
    [
        "model.body.weight.grad.zero_()",
        "model.body.weight.grad.data.zero_()",
        "model.body.weight.grad.fill_(0)",
        "model.body.weight.grad.mul_(0)",
        "model.body.weight.grad *= 0",
        "model.body.weight.grad = torch.zeros_like(model.body.weight)",
        "model.body.weight.grad.data[:2] = 0",
        "model.body.weight.grad[:2].zero_()",
        "model.body.weight.grad[[0, 2]] = 0.0",
        "for p in model.body.parameters(): p.grad.zero_()",
        "for n, p in model.named_parameters():\n        if 'body' in n and p.grad is not None: p.grad.zero_()",
        "[p.grad.zero_() for p in model.body.parameters()]",
    ],
)
def test_forms(change: str) -> None:
    assert [code for code, _ in looped(change)] == ["FRZ208"]


@pytest.mark.parametrize(
    "hook",
    [
        "lambda g: g * 0",
        "lambda g: 0.0 * g",
        "lambda g: torch.zeros_like(g)",
        "lambda g: g.mul(0)",
        "lambda g: g.zero_()",
        "zeroed",
        "rows",
    ],
)
def test_hooks(hook: str) -> None:
    text = f"""
def zeroed(grad):
    grad = grad.clone()
    grad.fill_(0)
    return grad
def rows(grad):
    grad = grad.clone()
    grad[:2] = 0
    return grad
model.body.weight.register_hook({hook})
"""
    assert found(text + _LOOP.replace("OPTIMIZER", "AdamW(model.parameters())").replace("CHANGE", "pass")) == [
        ("FRZ208", 10)
    ]


def test_hook_that_runs_after_the_gradient_is_there() -> None:
    text = "\nmodel.body.weight.register_post_accumulate_grad_hook(lambda p: p.grad.zero_())\n"
    loop = _LOOP.replace("OPTIMIZER", "AdamW(model.parameters())").replace("CHANGE", "pass")
    assert found(text + loop) == [("FRZ208", 2)]
