"""FRZ113: what it must not report, and what it must in other styles than its example."""

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
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ113")]


DEEP = """
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.norm = nn.LayerNorm(4)

    def forward(self, x):
        return self.norm(self.fc(x))

class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(4, 4)
        self.layer = nn.Sequential(*[Block() for _ in range(12)])
        self.norm = nn.LayerNorm(4)
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.norm(self.layer(self.stem(x))))

net = Deep()
"""


def deep(body: str) -> list[str]:
    return lines(body, net=DEEP)


def test_silent_on_anchored_patterns() -> None:
    program = """
import re
for name, p in net.named_parameters():
    if "layer.1." in name or name.startswith("fc") or re.match(r"layer\\.2\\.", name) or name == "layer.3.fc.bias":
        p.requires_grad = False
"""
    assert deep(program) == []


def test_silent_where_all_numbers_are_meant() -> None:
    program = """
names = [f"layer.{n}" for n in range(12)]
for name, p in net.named_parameters():
    if any(each in name for each in names):
        p.requires_grad = False
"""
    assert deep(program) == []


def test_silent_on_kinds_of_layers() -> None:
    program = """
for name, p in net.named_parameters():
    p.requires_grad = "norm" in name or "bias" in name
"""
    assert deep(program) == []


def test_silent_where_the_text_names_no_part() -> None:
    program = """
for name, p in net.layer.named_parameters():
    if "fc" in name:
        p.requires_grad = False
"""
    assert deep(program) == []


def test_silent_on_trees_that_are_not_known() -> None:
    program = """
import elsewhere
net.layer = elsewhere.encoder()
for name, p in net.named_parameters():
    if "layer.1" in name:
        p.requires_grad = False
"""
    assert deep(program) == []


def test_numbers_in_a_loop_over_texts() -> None:
    program = """
for each in ("stem", "layer.0", "layer.1"):
    for name, p in net.named_parameters():
        if each in name:
            p.requires_grad = False
"""
    assert deep(program) == ["if each in name:"]


def test_a_prefix_given_to_a_helper() -> None:
    program = """
def freeze(model, prefix):
    for name, p in model.named_parameters():
        p.requires_grad = not name.startswith(prefix)

freeze(net, "layer.1")
"""
    assert deep(program) == ["p.requires_grad = not name.startswith(prefix)"]


def test_the_name_of_a_part_in_other_parts() -> None:
    program = """
keep = ["fc"]
for name, p in net.named_parameters():
    if not any(k in name for k in keep):
        p.requires_grad = False
"""
    assert deep(program) == ["if not any(k in name for k in keep):"]


def test_a_model_of_torchvision() -> None:
    program = """
from torchvision.models import resnet18
net = resnet18()
for name, p in net.named_parameters():
    if "conv1" in name:
        p.requires_grad = False
"""
    assert deep(program) == ['if "conv1" in name:']
