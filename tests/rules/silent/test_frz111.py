"""FRZ111: what it must not report, and what it must in other styles than its example."""

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
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ111")]


def test_silent_on_trees_not_fully_known() -> None:
    program = """
from elsewhere import backbone
net = Net()
net.body = backbone()
for name, p in net.named_parameters():
    if "layer9" in name:
        p.requires_grad = False
"""
    assert lines(program) == []


def test_silent_where_unknown_code_got_the_model() -> None:
    program = """
from elsewhere import add_adapters
net = Net()
add_adapters(net)
for name, p in net.named_parameters():
    p.requires_grad = "adapter" in name
"""
    assert lines(program) == []


def test_silent_on_a_model_of_a_caller() -> None:
    program = """
def freeze(model):
    for name, p in model.named_parameters():
        if name.startswith("module.encoder"):
            p.requires_grad = False
net = Net()
"""
    assert lines(program) == []


def test_silent_on_lists_for_many_models() -> None:
    program = """
net = Net()
for name, p in net.named_parameters():
    if not any(each in name for each in ("fc", "classifier", "head")):
        p.requires_grad = False
for name, child in net.named_children():
    if name in ("backbone", "body", "encoder"):
        child.requires_grad_(False)
"""
    assert lines(program) == []


def test_silent_on_prefixes_with_and_without_wrapper() -> None:
    program = """
net = Net()
for name, p in net.named_parameters():
    if name.startswith(("body.", "module.body.")):
        p.requires_grad = False
"""
    assert lines(program) == []


def test_silent_on_groups_of_an_optimizer() -> None:
    program = """
net = Net()
rest = [p for n, p in net.named_parameters() if "norm" in n or "layer9" in n]
main = [p for n, p in net.named_parameters() if "layer9" not in n]
torch.optim.AdamW([{"params": main}, {"params": rest, "weight_decay": 0.0}])
"""
    assert lines(program) == []


def test_silent_on_norms_of_a_model_without_any() -> None:
    program = """
net = Net()
for name, p in net.named_parameters():
    if "bn" not in name:
        p.requires_grad = False
net.head.requires_grad_(True)
"""
    assert lines(program) == []


def test_a_slip_in_a_condition_with_others() -> None:
    program = """
net = Net()
for name, p in net.named_parameters():
    if name.startswith("boddy") or name.startswith("head"):
        p.requires_grad = False
"""
    assert lines(program) == ['if name.startswith("boddy") or name.startswith("head"):']


def test_a_name_that_a_caller_gives() -> None:
    program = """
def freeze(model, names):
    for name, p in model.named_parameters():
        if any(each in name for each in names):
            p.requires_grad = False

net = Net()
freeze(net, ["body", "neck"])
"""
    assert lines(program) == ["if any(each in name for each in names):"]


def test_an_assignment_of_the_condition() -> None:
    program = """
net = Net()
for n, p in net.named_parameters():
    p.requires_grad = n in ["head"]
"""
    assert lines(program) == ['p.requires_grad = n in ["head"]']


def test_modules_by_name_in_a_method() -> None:
    program = """
class Freezer:
    def __init__(self, net, prefix):
        self.net, self.prefix = net, prefix

    def run(self):
        for name, module in self.net.named_modules():
            if name.startswith(self.prefix):
                for p in module.parameters():
                    p.requires_grad = False

net = Net()
Freezer(net, "backbone.0").run()
"""
    assert lines(program) == ["if name.startswith(self.prefix):"]


def test_known_models_of_torchvision() -> None:
    program = """
from torchvision.models import resnet18
net = resnet18(num_classes=2)
for name, p in net.named_parameters():
    if "classifier" not in name:
        p.requires_grad = False
"""
    assert lines(program) == ['if "classifier" not in name:']


def test_a_regular_expression() -> None:
    program = """
import re
net = Net()
for name, p in net.named_parameters():
    if re.match(r"layers\\.\\d+", name):
        p.requires_grad = False
"""
    assert lines(program) == ['if re.match(r"layers\\.\\d+", name):']
