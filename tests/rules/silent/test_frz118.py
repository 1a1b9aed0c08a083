"""FRZ118: what it must not report, and what it must in other styles than its example."""

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
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ118")]


def test_silent_on_abstract_methods() -> None:
    program = """
from abc import ABC, abstractmethod

class Base(ABC):
    @abstractmethod
    def build(self, freeze=False):
        return nn.Linear(2, 2)

    def load(self, path, freeze=False):
        raise NotImplementedError(path)

net = Net()
"""
    assert lines(program) == []


def test_silent_on_overrides() -> None:
    program = """
class Base:
    def build(self, freeze=False):
        return nn.Linear(2, 2).requires_grad_(not freeze)

class Plain(Base):
    def build(self, freeze=False):
        return nn.Linear(4, 4)

class Open:
    def make(self, freeze=False):
        self.made = nn.Linear(2, 2)

class Closed(Open):
    def make(self, freeze=False):
        self.made = nn.Linear(2, 2).requires_grad_(not freeze)

net = Net()
"""
    assert lines(program) == []


def test_silent_on_protocol_stubs() -> None:
    program = """
from typing import Protocol

class Factory(Protocol):
    def __call__(self, width: int, freeze: bool = False) -> nn.Module: ...

    def make(self, freeze: bool) -> nn.Module:
        "Makes a module."

def hook(module, freeze=False):
    pass

net = Net()
"""
    assert lines(program) == []


def test_silent_on_functions_that_look_at_their_arguments() -> None:
    program = """
import pytorch_lightning as pl

class Model(pl.LightningModule):
    def __init__(self, freeze_backbone=False):
        super().__init__()
        self.save_hyperparameters()
        self.backbone = nn.Linear(2, 2)

def build(freeze_backbone=False):
    return Net(**locals())

def both(freeze_backbone=False, **options):
    return [lambda: freeze_backbone, options]

net = Net()
"""
    assert lines(program) == []


def test_silent_where_it_says_so() -> None:
    program = """
def build(
    width,
    freeze=False,  # unused, kept for old callers
):
    return nn.Linear(width, width)

def load(path, requires_grad=False):
    del requires_grad
    return torch.load(path)

net = Net()
"""
    assert lines(program) == []


def test_silent_on_callbacks() -> None:
    program = """
def on_epoch(model, freeze=False):
    model.train()
    return len(list(model.parameters()))

net = Net()
HOOKS = {"epoch": on_epoch}
"""
    assert lines(program) == []


def test_silent_on_things_that_are_no_options() -> None:
    program = """
def distil(student, frozen_model, freeze_fn, unfrozen_params):
    return student.train()

net = Net()
"""
    assert lines(program) == []


def test_silent_on_options_about_other_things() -> None:
    program = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--verbose", type=bool, default=False)
parser.add_argument("--freeze", type=lambda text: text == "yes", default=False)
args = parser.parse_args()
net = Net()
if args.verbose:
    print(net)
net.body.requires_grad_(not args.freeze)
"""
    assert lines(program) == []


def test_kwargs_of_a_constructor() -> None:
    program = """
class Wide(Net):
    def __init__(self, width, **kwargs):
        super().__init__()
        self.width = width

net = Wide(4, freeze_body=True)
"""
    assert lines(program) == ["net = Wide(4, freeze_body=True)"]


def test_a_nested_option_of_a_trainer() -> None:
    program = """
class Trainer:
    def __init__(self, net, *, lr=0.1, train_backbone=True):
        self.net = net
        self.lr = lr

net = Net()
Trainer(net, train_backbone=False)
"""
    assert lines(program) == ["def __init__(self, net, *, lr=0.1, train_backbone=True):"]


def test_an_option_that_decides_through_a_helper() -> None:
    program = """
import argparse

def parse():
    parser = argparse.ArgumentParser()
    group = parser.add_argument_group("model")
    group.add_argument("--fix-it", type=bool, default=True, dest="fixed_body")
    return parser.parse_args()

def build(options):
    net = Net()
    for p in net.body.parameters():
        p.requires_grad = not options.fixed_body
    return net

net = build(parse())
"""
    assert lines(program) == ['group.add_argument("--fix-it", type=bool, default=True, dest="fixed_body")']


def test_silent_on_a_signature_that_several_classes_share() -> None:
    program = """
class Plain(nn.Module):
    def lock(self, groups=0, freeze_bn=False):
        self.requires_grad_(False)

class Convolutional(nn.Module):
    def lock(self, groups=0, freeze_bn=False):
        self.requires_grad_(False)
        if freeze_bn:
            self.eval()
"""
    assert lines(program) == []
    assert lines(program.partition("class Convolutional")[0]) != []
