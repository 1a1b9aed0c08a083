"""FRZ121: what it must not report, and what it must in other styles than its example."""

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
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ121")]


def test_silent_on_inputs_and_detached_tensors() -> None:
    program = """
net = Net()
x = torch.randn(2, 4)
x.requires_grad = True
features = net.body(x).detach()
features.requires_grad = True
features.requires_grad_(False)
"""
    assert lines(program) == []


def test_silent_on_results_of_frozen_parts() -> None:
    program = """
net = Net()
net.body.requires_grad_(False)
features = net.body(torch.randn(2, 4))
features.requires_grad = True
with torch.no_grad():
    scores = net.head(features)
scores.requires_grad = False
"""
    assert lines(program) == []


def test_silent_on_asking_a_computed_tensor_for_what_it_has() -> None:
    program = """
net = Net()
features = net.body(torch.randn(2, 4))
features.requires_grad_(True)
features.requires_grad_()
"""
    assert lines(program) == []


def test_silent_on_layers_whose_norm_is_only_an_option() -> None:
    program = """
import sys
from torch.nn.utils import weight_norm
net = Net()
if "--norm" in sys.argv:
    weight_norm(net.head)
else:
    net.head.weight.requires_grad = False
"""
    assert lines(program) == []


def test_silent_after_the_norm_is_taken_off() -> None:
    program = """
from torch.nn.utils import prune, weight_norm, remove_weight_norm
net = Net()
weight_norm(net.head)
remove_weight_norm(net.head)
net.head.weight.requires_grad = False
prune.l1_unstructured(net.body[0], "weight", 0.5)
prune.remove(net.body[0], "weight")
net.body[0].weight.requires_grad_(False)
"""
    assert lines(program) == []


def test_silent_on_flags_that_are_computed() -> None:
    program = """
net = Net()
options = {"body": 0}
net.body.requires_grad_(bool(options["body"]))
for number, p in enumerate(net.parameters()):
    p.requires_grad = number > 2
"""
    assert lines(program) == []


def test_every_norm_and_pruning() -> None:
    program = """
from torch.nn.utils import parametrizations, parametrize, prune, spectral_norm, weight_norm
net = Net()
a = weight_norm(nn.Linear(4, 4))
a.weight.requires_grad = False
b = parametrizations.weight_norm(nn.Linear(4, 4))
b.weight.requires_grad_(False)
c = parametrizations.spectral_norm(nn.Linear(4, 4))
c.weight.requires_grad = False
d = spectral_norm(nn.Linear(4, 4))
d.weight.requires_grad = False
e = nn.Linear(4, 4)
prune.random_unstructured(e, name="bias", amount=0.5)
e.bias.requires_grad = False
f = nn.Linear(4, 4)
parametrize.register_parametrization(f, "weight", nn.Tanh())
f.weight.requires_grad = False
"""
    found = lines(program)
    assert [line.partition(" ")[0].partition("(")[0] for line in found] == [
        "a.weight.requires_grad", "b.weight.requires_grad_", "c.weight.requires_grad", "d.weight.requires_grad",
        "e.bias.requires_grad", "f.weight.requires_grad",
    ]  # fmt: skip


def test_unfreezing_what_is_computed_from_frozen_parameters() -> None:
    program = """
from torch.nn.utils import prune
net = Net().requires_grad_(False)
prune.l1_unstructured(net.head, "weight", 0.5)
net.head.weight.requires_grad = True
"""
    assert lines(program) == ["net.head.weight.requires_grad = True"]


def test_values_that_are_no_bools() -> None:
    program = """
def freeze(module, flag="False"):
    for p in module.parameters():
        p.requires_grad = flag

net = Net()
freeze(net.body)
net.head.weight.requires_grad = None
net.head.bias.requires_grad_(0)
extra = nn.Parameter(torch.ones(2), requires_grad="yes")
"""
    assert lines(program) == [
        "p.requires_grad = flag", "net.head.weight.requires_grad = None", "net.head.bias.requires_grad_(0)",
        'extra = nn.Parameter(torch.ones(2), requires_grad="yes")',
    ]  # fmt: skip


def test_reshaped_features_and_slices() -> None:
    program = """
net = Net()
features = net.body(torch.randn(2, 4)).flatten(1)
features.requires_grad = False
net.head.weight[0].requires_grad_(False)
"""
    assert lines(program) == ["features.requires_grad = False", "net.head.weight[0].requires_grad_(False)"]
