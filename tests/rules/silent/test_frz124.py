"""FRZ124 on programs as text: freezes of what is still empty, and of what is not."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn

class Base(nn.Module):
    def __init__(self, part=None):
        super().__init__()
        {before}
        {freeze}

class Net(Base):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        {after}

net = Net()
"""
LOOP = "for p in self.parameters(): p.requires_grad = False"


def found(freeze: str = LOOP, before: str = "pass", after: str = "pass") -> list[int]:
    return [line for _, line in codes(HEAD.format(freeze=freeze, before=before, after=after), "FRZ124")]


@pytest.mark.parametrize(
    "freeze",
    [
        LOOP,
        "self.requires_grad_(False)",
        "self.eval()",
        "[p.requires_grad_(False) for p in self.parameters()]",
        "for _, p in self.named_parameters(): p.requires_grad = False",
        "list(map(lambda p: p.requires_grad_(False), self.parameters()))",
    ],
)
def test_empty(freeze: str) -> None:
    assert found(freeze) == [8]


def test_class_that_nothing_constructs() -> None:
    program = HEAD.format(freeze=LOOP, before="pass", after="pass").replace("net = Net()\n", "")
    assert codes(program, "FRZ124") == [("FRZ124", 8)]


def test_empty_container() -> None:
    body = "net = nn.ModuleList()\nnet.requires_grad_(False)\nfor _ in range(3):\n    net.append(nn.Linear(2, 2))\n"
    assert codes("import torch\nfrom torch import nn\n" + body, "FRZ124") == [("FRZ124", 4)]


@pytest.mark.parametrize(
    "before",
    [
        "self.old = nn.Linear(4, 4)",
        "self.scale = nn.Parameter(torch.ones(1))",
        "self.part = part",
        "self.part = PARTS['part']",
        "self.part = make_part()",
        "self.add_module('part', nn.Linear(4, 4))",
        "setattr(self, PART, nn.Linear(4, 4))",
        "self.build()",
    ],
)
def test_silent_on_something_that_exists_already(before: str) -> None:
    program = HEAD.format(freeze=LOOP, before=before, after="pass")
    program += "    def build(self):\n" if False else ""
    program = program.replace(
        "class Net(Base):\n", "class Net(Base):\n    def build(self):\n        self.old = nn.Linear(4, 4)\n"
    )
    assert (
        codes(
            program.replace(
                "super().__init__()\n        self.body", "super().__init__(nn.Linear(2, 2))\n        self.body"
            ),
            "FRZ124",
        )
        == []
    )


def test_silent_on_bases_that_are_not_known() -> None:
    program = HEAD.format(freeze=LOOP, before="pass", after="pass")
    assert (
        codes(
            program.replace("Base(nn.Module)", "Base(Parent)").replace(
                "import torch\n", "import torch\nfrom zoo import Parent\n", 1
            ),
            "FRZ124",
        )
        == []
    )


def test_silent_on_a_second_freeze() -> None:
    assert found(after="self.requires_grad_(False)") == []
    assert found("self.eval()", after="self.eval()") == []


def test_silent_on_what_stays_empty() -> None:
    program = HEAD.format(freeze=LOOP, before="pass", after="pass")
    assert (
        codes(program.replace("self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))", "pass"), "FRZ124") == []
    )


def test_silent_on_eval_of_what_has_no_modes() -> None:
    program = HEAD.format(freeze="self.eval()", before="pass", after="pass")
    assert codes(program.replace(", nn.BatchNorm1d(4)", ""), "FRZ124") == []
