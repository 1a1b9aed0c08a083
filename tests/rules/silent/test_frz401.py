"""FRZ401 is silent where the cut is meant or harmless, and finds it in whatever style it is written."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_START = """\
import torch
from torch import nn
import torch.nn.functional as F
a, b, c = nn.Linear(4, 4), nn.Sequential(nn.Linear(4, 4), nn.ReLU()), nn.Linear(4, 2)
x, y = torch.randn(3, 4), torch.tensor([0, 1, 0])
"""
_STEP = """
opt.zero_grad()
loss.backward()
opt.step()
"""
_ALL = "opt = torch.optim.SGD([*a.parameters(), *b.parameters(), *c.parameters()], lr=0.1)\n"
_A_AND_C = "b.requires_grad_(False)\nopt = torch.optim.SGD([*a.parameters(), *c.parameters()], lr=0.1)\n"


def found(optimizer: str, body: str) -> list[int]:
    """The lines of FRZ401, counted within `body`."""
    before = (_START + optimizer).count("\n")
    return [line - before for _, line in codes(_START + optimizer + body + _STEP, "FRZ401")]


def test_silent_on_frozen_parts_inside() -> None:
    body = "with torch.no_grad():\n    h = b(x)\nloss = F.cross_entropy(c(h), y)\n"
    assert not found(_A_AND_C, body)


def test_silent_on_byol() -> None:
    body = """\
p, z = c(a(x)), a(x.flip(1))
loss = -F.cosine_similarity(p, c(z).detach()).mean()
"""
    assert not found("opt = torch.optim.SGD([*a.parameters(), *c.parameters()], lr=0.1)\n", body)


def test_silent_on_straight_through() -> None:
    body = """\
z = a(x)
q = z.round()
q = z + (q - z).detach()
loss = F.cross_entropy(c(q), y)
"""
    assert not found(_A_AND_C, body)


def test_silent_on_truncated_backpropagation() -> None:
    program = (
        _START
        + """\
opt = torch.optim.SGD([*a.parameters(), *c.parameters()], lr=0.1)
h = torch.zeros(3, 4)
for _ in range(4):
    h = torch.tanh(a(x + h.detach()))
    loss = F.cross_entropy(c(h), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
"""
    )
    assert not codes(program, "FRZ401")


def test_silent_on_a_generator_with_a_loss_of_its_own() -> None:
    program = (
        _START
        + """\
opt_g, opt_d = torch.optim.Adam(a.parameters()), torch.optim.Adam(c.parameters())
for _ in range(2):
    fake = a(x)
    d_loss = F.cross_entropy(c(fake.detach()), y)
    opt_d.zero_grad()
    d_loss.backward()
    opt_d.step()
    g_loss = F.cross_entropy(c(fake), y)
    opt_g.zero_grad()
    g_loss.backward()
    opt_g.step()
"""
    )
    assert not codes(program, "FRZ401")


def test_silent_on_targets() -> None:
    body = "target = a(x).detach()\nloss = F.mse_loss(b(x), target)\n"
    assert not found(_ALL, body)
    body = "target = a(x).detach()\nloss = F.mse_loss(input=b(x), target=target)\n"
    assert not found(_ALL, body)


def test_silent_on_metrics_beside_the_loss() -> None:
    body = "logits = c(a(x))\nright = (logits.detach().argmax(1) == y).sum()\nloss = F.cross_entropy(logits, y)\n"
    assert not found(_ALL, body)


def test_silent_on_what_no_stepping_optimizer_holds() -> None:
    body = "h = a(x).detach()\nloss = F.cross_entropy(c(h), y)\n"
    assert not found("opt = torch.optim.SGD(c.parameters(), lr=0.1)\n", body)


def test_silent_on_moving_averages() -> None:
    body = """\
with torch.no_grad():
    for p, q in zip(a.parameters(), c.parameters()):
        p.mul_(0.9)
h = a(x).detach()
loss = F.cross_entropy(c(h), y)
"""
    assert not found(_ALL, body)


def test_silent_where_unknown_code_may_keep_the_tensor() -> None:
    body = """\
from elsewhere import remember
h = a(x)
remember(h)
loss = F.cross_entropy(c(h.detach()), y)
"""
    assert not found(_ALL, body)


def test_silent_where_the_tensor_is_written_into_another() -> None:
    body = """\
h = a(x)
buffer = torch.zeros(3, 4)
buffer[:, :] = h
loss = F.cross_entropy(c(h.detach()), y) + buffer.sum()
"""
    assert not found(_ALL, body)


@pytest.mark.parametrize(
    "body",
    [
        "h = a(x)\nh = h.detach()\nloss = F.cross_entropy(c(h), y)\n",
        "def run(m, v):\n    return m(v).detach()\nloss = F.cross_entropy(c(run(a, x)), y)\n",
        "h = torch.tensor(a(x).tolist())\nloss = F.cross_entropy(c(h), y)\n",
        "h = torch.from_numpy(a(x).detach().numpy())\nloss = F.cross_entropy(c(h), y)\n",
        "@torch.no_grad()\ndef middle(v):\n    return b(v)\nloss = F.cross_entropy(c(middle(a(x))), y)\n",
        "class Net(nn.Module):\n    def forward(self, v):\n        return c(a(v).data)\n"
        "loss = F.cross_entropy(Net()(x), y)\n",
        "parts = [a(x).detach(), a(x).detach()]\nloss = F.cross_entropy(c(torch.stack(parts).mean(0)), y)\n",
        "quiet = torch.no_grad()\nh = a(x)\nwith quiet:\n    h = b(h)\nloss = F.cross_entropy(c(h), y)\n",
    ],
    ids=["variable", "helper", "list", "numpy", "decorator", "data", "parts", "stored"],
)
def test_finds_the_cut(body: str) -> None:
    cuts = [number for number, line in enumerate(body.split("\n"), 1) if _cuts(line)]
    assert found(_A_AND_C, body)[0] in cuts


def _cuts(line: str) -> bool:
    words = ("detach()", "tensor(", "@torch.no_grad()", ".data", "with quiet")
    return any(word in line for word in words)
