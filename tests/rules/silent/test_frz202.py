"""FRZ202: what it must not report, and the forms in which it must."""

from __future__ import annotations

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
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ202")]


def test_silent_on_freezes_in_training_with_the_default_zero_grad() -> None:
    text = """
optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.1)
for epoch in range(20):
    if epoch == 3:
        model.body.requires_grad_(False)
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []
    assert found(text.replace("zero_grad()", "zero_grad(set_to_none=True)")) == []
    assert found(text.replace("optimizer.zero_grad()", "model.zero_grad()")) == []
    assert found(text.replace("zero_grad()", "zero_grad(set_to_none=False)")) == [("FRZ202", 5)]
    assert found(text.replace("optimizer.zero_grad()", "model.zero_grad(False)")) == [("FRZ202", 5)]


def test_silent_on_zeros_that_move_nothing() -> None:
    text = """
optimizer = torch.optim.SGD(model.parameters(), OPTIONS)
for epoch in range(20):
    if epoch == 3:
        model.body.requires_grad_(False)
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text.replace("OPTIONS", "lr=0.1")) == []
    assert found(text.replace("OPTIONS", "0.1, 0.0")) == []
    assert found(text.replace("OPTIONS", "0.1, 0.9")) == [("FRZ202", 5)]
    assert found(text.replace("OPTIONS", "lr=0.1, weight_decay=1e-4")) == [("FRZ202", 5)]
    assert found(text.replace("SGD", "Adadelta").replace("OPTIONS", "lr=0.1")) == []
    assert found(text.replace("SGD", "NAdam").replace("OPTIONS", "lr=0.1")) == [("FRZ202", 5)]


def test_silent_on_a_freeze_before_any_gradient() -> None:
    text = """
model.body.requires_grad_(False)
optimizer = torch.optim.Adam(model.parameters(), weight_decay=0.1)
for _ in range(20):
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_on_a_freeze_in_the_first_round_alone() -> None:
    text = """
optimizer = torch.optim.Adam(model.parameters())
for epoch in range(20):
    if epoch == 0:
        model.body.requires_grad_(False)
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_where_the_group_is_decided_by_an_option_that_is_not_known() -> None:
    text = """
import sys
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=float(sys.argv[1]))
for epoch in range(20):
    if epoch == 3:
        model.body.requires_grad_(False)
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_on_networks_that_take_turns() -> None:
    text = """
other = Net()
first, second = torch.optim.Adam(model.parameters()), torch.optim.Adam(other.parameters())
for _ in range(20):
    for p in other.parameters():
        p.requires_grad = False
    first.zero_grad(set_to_none=False)
    other(model.body(torch.randn(2, 4))).mean().backward()
    first.step()
    for p in other.parameters():
        p.requires_grad = True
    second.zero_grad(set_to_none=False)
    loss_of(other).backward()
    second.step()
"""
    assert found(text) == []


def test_gradients_that_nothing_clears() -> None:
    text = """
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
def epoch():
    loss_of(model).backward()
    optimizer.step()
epoch()
for p in model.body.parameters():
    p.requires_grad = False
epoch()
"""
    assert found(text) == [("FRZ202", 8)]


def test_groups_with_options_of_their_own() -> None:
    text = """
groups = [dict(params=model.body.parameters(), momentum=BODY), {"params": model.head.parameters()}]
optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
for step in range(9):
    if step == 4:
        for name, p in model.named_parameters():
            if name.startswith("body"):
                p.requires_grad = False
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text.replace("BODY", "0.5")) == [("FRZ202", 8)]
    assert found(text.replace("BODY", "0.0")) == []


def test_silent_where_the_rate_is_0_as_well() -> None:
    text = """
groups = [{"params": model.body.parameters()}, {"params": model.head.parameters()}]
optimizer = torch.optim.Adam(groups)
for epoch in range(9):
    if epoch == 3:
        model.body.requires_grad_(False)
        optimizer.param_groups[0]["lr"] = RATE
    optimizer.zero_grad(set_to_none=False)
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text.replace("RATE", "0.0")) == []
    assert found(text.replace("RATE", "1e-5")) == [("FRZ202", 6)]


def test_freeze_between_backward_and_step() -> None:
    text = """
optimizer = torch.optim.RMSprop(model.parameters())
class Freezer:
    def __init__(self, part): self.part = part
    def __call__(self): self.part.requires_grad_(False)
freezer = Freezer(model.body)
loss_of(model).backward()
freezer()
optimizer.step()
"""
    assert found(text) == [("FRZ202", 5)]


def test_lbfgs() -> None:
    text = """
optimizer = torch.optim.NAME(model.parameters())
def closure():
    optimizer.zero_grad()
    loss = loss_of(model)
    loss.backward()
    return loss
optimizer.step(closure)
model.body.requires_grad_(False)
optimizer.step(closure)
"""
    assert found(text.replace("NAME", "LBFGS")) == [("FRZ202", 9)]
    assert found(text.replace("NAME", "Adam")) == []
