"""FRZ109: what it must not report, and what it must in other styles than its example."""

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
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ109")]


def test_silent_on_layers_of_keras() -> None:
    program = """
import tensorflow as tf
from tensorflow import keras

base = keras.applications.ResNet50()
base.trainable = False
for layer in base.layers[:10]:
    layer.trainable = False
net = Net()
"""
    assert lines(program) == []


def test_silent_on_paddle() -> None:
    program = """
import paddle

other = paddle.nn.Linear(4, 4)
other.weight.trainable = False
other.weight.stop_gradient = True
net = Net()
"""
    assert lines(program) == []


def test_silent_on_classes_that_read_it() -> None:
    program = """
class Part(nn.Linear):
    def flags(self):
        self.requires_grad_(self.trainable)

net = Net()
net.body = Part(4, 4)
net.body.trainable = False
net.body.flags()
"""
    assert lines(program) == []


def test_silent_on_classes_that_define_it() -> None:
    program = """
class Part(nn.Linear):
    @property
    def trainable(self):
        return self.weight.requires_grad

    @trainable.setter
    def trainable(self, value):
        self.requires_grad_(value)

net = Net()
net.body = Part(4, 4)
net.body.trainable = False
"""
    assert lines(program) == []


def test_silent_on_a_class_that_keeps_what_it_was_told() -> None:
    program = """
class Part(nn.Module):
    def __init__(self, trainable=True):
        super().__init__()
        self.trainable = trainable
        self.gain = nn.Parameter(torch.ones(4), requires_grad=trainable)

    def forward(self, x):
        return x * self.gain

net = Net()
net.body = Part(False)
"""
    assert lines(program) == []


def test_silent_beside_a_real_freeze() -> None:
    program = """
net = Net()
for p in net.body.parameters():
    p.requires_grad = False
    p.trainable = False
"""
    assert lines(program) == []


def test_children_of_a_wrapped_model() -> None:
    program = """
net = nn.DataParallel(Net())
for child in net.module.body:
    child.trainable = False
"""
    assert lines(program) == ["child.trainable = False"]


def test_a_callback_of_apply() -> None:
    program = """
def off(module):
    if isinstance(module, nn.Linear):
        module.trainable = False

net = Net()
net.body.apply(off)
"""
    assert lines(program) == ["module.trainable = False"]


def test_unfreezing() -> None:
    program = """
net = Net().requires_grad_(False)
head = net.head
head.trainable = True
"""
    assert lines(program) == ["head.trainable = True"]
