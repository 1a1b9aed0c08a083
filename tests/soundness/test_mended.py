"""Programs about which the witnesses once disagreed, each reduced to what mattered, by the name of what was wrong."""

from __future__ import annotations

import textwrap

import pytest

from freezelint.analysis import analyse
from freezelint.core.findings import Confidence
from freezelint.source.files import SourceFile
from freezelint_rules import RULES
from tests.soundness.comparing import disagreements
from tests.soundness.running import SHOWN, run
from tests.soundness.syntax import Program

_START = """\
import copy, os, re
import torch
from torch import nn

os.environ.setdefault("CHOSEN", "1")
os.environ.setdefault("OTHER", "0")

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.head = nn.Linear(4, 4)
    def forward(self, x):
        return self.head(self.body(x))

class Resting(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
    def forward(self, x):
        return self.body(x)
    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

net = Net()
"""
_LOOK = 'print("look", net)'

STATES = {
    "a layer in the place of another one keeps its place": """
        net.body = nn.Linear(4, 4)
        for p in list(net.parameters())[:2]:
            p.requires_grad = False
        """,
    "a parameter in the place of another one keeps its place": """
        net.head.weight = nn.Parameter(torch.ones(4, 4))
        for number, p in enumerate(net.head.parameters()):
            if number < 1:
                p.requires_grad = False
        """,
    "a layer of attention has parts": """
        net = nn.TransformerEncoderLayer(4, 2, 8)
        net.self_attn.requires_grad_(False)
        """,
    "a layer of attention without biases has others": """
        net = nn.TransformerEncoderLayer(4, 2, 8, bias=False)
        net.linear1.requires_grad_(False)
        """,
    "the output of attention is a linear layer": """
        net = nn.Sequential(nn.TransformerEncoderLayer(4, 2, 8))
        for module in net.modules():
            if isinstance(module, nn.Linear):
                for p in module.parameters():
                    p.requires_grad = False
        """,
    "a parameter is no child module": """
        net.head.weight = nn.Parameter(net.head.weight.data)
        for child in list(net.head.children())[0:]:
            for p in child.parameters():
                p.requires_grad = False
        """,
    "a tie that is made twice": """
        net.body[0].weight = net.head.weight
        net.body[0].weight = net.head.weight
        """,
    "a tie that is made there and back": """
        net.body[0].requires_grad_(False)
        net.head.weight = net.body[0].weight
        net.body[0].weight = net.head.weight
        """,
    "a tie in the place of a new parameter": """
        net.head.weight = nn.Parameter(torch.ones(4, 4))
        net.head.weight = net.body[0].weight
        net.body.requires_grad_(False)
        """,
    "a tie to what is one of two": """
        if os.environ["CHOSEN"] == "0":
            net.body[0].weight = nn.Parameter(torch.ones(4, 4))
        net.head.weight = net.body[0].weight
        """,
    "a tie that is cut": """
        net.head.weight = net.body[0].weight
        print("look", net)
        net.head.weight = nn.Parameter(net.head.weight.data)
        net.body.requires_grad_(False)
        """,
    "a copy of what is tied": """
        net.head.weight = net.body[0].weight
        net = copy.deepcopy(net)
        net.body.requires_grad_(False)
        """,
    "what is there under two names is listed under the first": """
        net.tail = net.head
        for name, p in net.named_parameters():
            if "tail" in name:
                p.requires_grad = False
        """,
    "an own train in a loop over modules": """
        net.body.append(Resting())
        for module in net.modules():
            if isinstance(module, Resting):
                module.train()
        """,
    "an own train of all modules, one after the other": """
        net.body.append(Resting())
        for module in net.modules():
            module.train()
        """,
    "a container that each round of a loop makes longer": """
        epoch = 0
        while epoch < 3:
            print("look", net)
            net.body.append(nn.Linear(4, 4))
            epoch += 1
        """,
    "two variables of the environment": """
        if os.environ["CHOSEN"] == "1":
            net.body.requires_grad_(False)
            print("look", net)
        for p in net.head.parameters():
            p.requires_grad = os.environ["OTHER"] == "1"
        """,
    "flags that are turned over once for each module around": """
        for name, module in net.body.named_modules():
            for p in module.parameters():
                p.requires_grad = not p.requires_grad
        """,
    "a table of parameters by the names in it": """
        table = dict(net.named_parameters())
        for name in table:
            if re.search(r"weight", name):
                table[name].requires_grad = not table[name].requires_grad
        """,
}


@pytest.mark.parametrize("name", STATES)
def test_states(name: str) -> None:
    text = _START + _LOOK + "\n" + textwrap.dedent(STATES[name]) + _LOOK + "\n"
    assert disagreements(Program((), ()), text) == []


_STEP = """
optimizer.zero_grad()
loss = net(torch.randn(4, 4)).pow(2).sum()
loss.backward()
optimizer.step()
"""
REFUTED = {
    "a forward ends with its class": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.BatchNorm1d(4)
                self.head = nn.Linear(4, 4)
            def forward(self, x):
                return self.head(x)
        net = Other()
        net.body.requires_grad_(False)
        """,
    "a loop over a part is none over the module": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.rows = nn.ModuleList([nn.Linear(4, 4)])
                self.norm = nn.BatchNorm1d(4)
            def forward(self, x):
                for layer in self.rows:
                    x = layer(x)
                return x
        net = Other()
        net.norm.requires_grad_(False)
        """,
    "an optimizer keeps a parameter that was replaced": """
        optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
        net.head.weight = nn.Parameter(net.head.weight.data)
        for p in net.head.parameters():
            p.requires_grad = False
        """,
    "an identity returns what it is given": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Linear(4, 4)
                self.rest = nn.Identity()
            def forward(self, x):
                x = self.body(x)
                with torch.no_grad():
                    x = self.rest(x)
                return x
        net = Other()
        """,
    "dropout in eval mode returns what it is given": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Linear(4, 4)
                self.rest = nn.Dropout(0.5)
            def forward(self, x):
                x = self.body(x)
                with torch.no_grad():
                    x = self.rest(x)
                return x
        net = Other()
        net.eval()
        """,
    "a search that finds nothing is a condition that fails": """
        net.head.requires_grad_(False)
        for name, child in net.named_children():
            if re.search(r"norm", name):
                for p in child.parameters():
                    p.requires_grad = False
        """,
    "a weight that is made anew trains in place of the frozen one": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Sequential(nn.Linear(4, 4))
                for p in self.body.parameters():
                    p.requires_grad = False
            def forward(self, x):
                return self.body(x)
        net = Other()
        net.body[0].weight = nn.Parameter(net.body[0].weight.data)
        """,
    "one of two optimizers has nothing to train": """
        other = torch.optim.SGD(net.body.parameters(), lr=0.1)
        net.body.requires_grad_(False)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        net(torch.randn(4, 4)).pow(2).sum().backward()
        optimizer.step()
        other.step()
        """,
    "dropout that was active before its part was frozen": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Linear(4, 4)
                self.rest = nn.Sequential(nn.ReLU(), nn.Dropout(0.5))
            def forward(self, x):
                return self.rest(self.body(x))
        net = Other()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        net.body.bias.requires_grad = False
        for epoch in range(2):
            optimizer.zero_grad()
            loss = net(torch.randn(4, 4)).pow(2).sum()
            loss.backward()
            optimizer.step()
            net.body.weight.requires_grad = False
        """,
    "eval of what no gradient gets to": """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Linear(4, 4)
                self.head = nn.Linear(4, 4)
            def forward(self, x):
                return self.head(self.body(x).detach())
        net = Other()
        net.body.eval()
        """,
}


@pytest.mark.parametrize("name", REFUTED)
def test_certain_findings_are_not_refuted(name: str) -> None:
    text = _START + textwrap.dedent(REFUTED[name])
    if "optimizer =" not in text:
        text += "optimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n"
    text += _STEP
    analysed = analyse([SourceFile(SHOWN, text)], RULES)
    assert not analysed.problems
    result = run(Program((), ()), text, analysed.findings, RULES).result
    assert not result.problems
    for number, finding in enumerate(analysed.findings):
        if finding.confidence is Confidence.CERTAIN:
            assert result.verdicts[number].outcome != "refuted", (finding.message, result.verdicts[number].summary)


def test_a_recording_says_what_the_user_wrote() -> None:
    text = _START + "net.body.requires_grad = False\noptimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n" + _STEP
    (found,) = (each for each in run(Program((), ()), text, (), RULES).result.own if each.code == "FRZ101")
    assert found.message.startswith("`net.body.requires_grad = False`")
