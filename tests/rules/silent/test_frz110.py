"""FRZ110: what it must not report, and what it must in other styles than its example."""

from __future__ import annotations

from tests.rules.silent.programs import codes

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4))
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.body(x))

"""
TRAIN = """
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net(torch.randn(2, 4)).sum().backward()
optimizer.step()
"""


def lines(program: str, *, net: str = NET) -> list[str]:
    """The lines that are reported, without indentation."""
    text = net + program + TRAIN
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ110")]


def test_silent_on_consumed_ones() -> None:
    program = """
from collections import deque
net = Net()
freeze = lambda p: p.requires_grad_(False)
list(map(freeze, net.body[0].parameters()))
tuple(freeze(p) for p in net.body[2].parameters())
deque(map(freeze, net.head.parameters()), maxlen=0)
[*map(freeze, net.parameters())]
for _ in map(freeze, net.parameters()):
    pass
first, *rest = map(freeze, net.parameters())
lazy = map(freeze, net.parameters())
len(list(lazy))
_ = {*map(freeze, net.parameters())}
net.requires_grad_(True)
"""
    assert lines(program) == []


def test_silent_on_what_is_handed_on() -> None:
    program = """
def make(net):
    return (p.requires_grad_(False) for p in net.body.parameters())

def run(lazy):
    for _ in lazy:
        pass

net = Net()
run(make(net))
later = make(net)
net.pending = make(net)
print(later)
"""
    assert lines(program) == []


def test_silent_on_lazy_things_that_set_nothing() -> None:
    program = """
net = Net()
map(print, net.parameters())
(p.numel() for p in net.parameters())
shapes = map(lambda p: p.shape, net.parameters())
"""
    assert lines(program) == []


def test_silent_where_the_freeze_stands_beside_it() -> None:
    program = """
net = Net()
map(lambda p: p.requires_grad_(False), net.body.parameters())
net.body.requires_grad_(False)
"""
    assert lines(program) == []


def test_a_function_that_freezes_given_to_map() -> None:
    program = """
def freeze(module):
    for p in module.parameters():
        p.requires_grad = False

net = Net()
map(freeze, [net.body, net.head])
"""
    assert lines(program) == ["map(freeze, [net.body, net.head])"]


def test_in_a_method_by_setattr() -> None:
    program = """
class Trainer:
    def __init__(self, net):
        self.net = net

    def freeze(self):
        done = map(lambda p: setattr(p, "requires_grad", False), self.net.body.parameters())

net = Net()
Trainer(net).freeze()
"""
    assert lines(program) == ['done = map(lambda p: setattr(p, "requires_grad", False), self.net.body.parameters())']


def test_unfreezing_under_an_option() -> None:
    program = """
import sys
net = Net().requires_grad_(False)
if "--tune" in sys.argv:
    (p.requires_grad_(True) for p in net.head.parameters())
"""
    assert lines(program) == ["(p.requires_grad_(True) for p in net.head.parameters())"]
