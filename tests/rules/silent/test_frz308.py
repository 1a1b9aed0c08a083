"""FRZ308 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

from .programs import codes

START = """
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0)
"""
END = """
net(torch.randn(4, 4)).sum().backward()
optimizer.step()
"""


def found(body: str, *codes_: str) -> list[int]:
    return [line - START.count("\n") for _, line in codes(START + body + END, *(codes_ or ("FRZ308",)))]


def test_styles() -> None:
    assert found("net[1].momentum = 0") == [1]
    assert found("setattr(net[1], 'momentum', 0.0)") == [1]
    assert found("for n, m in net.named_modules():\n    if isinstance(m, nn.BatchNorm1d):\n        m.momentum = 0") == [
        3
    ]
    assert found("def fix(m):\n    if 'BatchNorm' in type(m).__name__:\n        m.momentum = 0\n\nnet.apply(fix)") == [
        3
    ]
    assert found("net[:2].requires_grad_(False)\nnet[1].track_running_stats = False") == [2]


def test_silent_in_eval_mode() -> None:
    assert found("net[1].momentum = 0\nnet[1].eval()") == []


def test_silent_on_other_momenta_and_other_objects() -> None:
    assert found("net[1].momentum = 0.01") == []
    assert found("net[1].momentum = None") == []
    assert found("optimizer.momentum = 0") == []


def test_silent_where_it_is_resumed() -> None:
    assert found("net[1].momentum = 0\nnet(torch.randn(4, 4))\nnet[1].momentum = 0.1") == []


def test_silent_on_batch_statistics_on_purpose() -> None:
    assert found("net[1].track_running_stats = False") == []
    assert found("net.requires_grad_(False)\nnet[1].track_running_stats = False\nnet[1].running_mean = None") == []


def test_statistics_do_not_drift() -> None:
    assert found("net[:2].requires_grad_(False)\nnet[1].momentum = 0", "FRZ301", "FRZ308") == [2]
