"""FRZ116 on programs as text: eval() as a freeze, and eval() for its own sake."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, freeze=True):
        super().__init__()
        self.freeze = freeze
        self.backbone = nn.Sequential(nn.Conv1d(1, 4, 1), nn.BatchNorm1d(4), nn.Flatten())
        self.head = nn.Linear(16, 2)
    def forward(self, x):
        return self.head(self.backbone(x))
    def set_up(self):
        {method}

def freeze_part(part):
    part.eval()

net = Net()
opt = torch.optim.SGD({held}, lr=0.1)
for _ in range(2):
    net.train()
    {each}
    opt.zero_grad()
    net(torch.randn(2, 1, 4)).sum().backward()
    opt.step()
"""


def found(each: str, method: str = "pass", held: str = "net.parameters()") -> list[int]:
    program = HEAD.format(each=each, method=method, held=held)
    return [line for _, line in codes(program, "FRZ116")]


def test_helper() -> None:
    assert found("freeze_part(net.backbone)") == [16]


def test_helper_in_a_loop_over_names() -> None:
    assert found("[freeze_part(getattr(net, name)) for name in ('backbone',)]") == [16]


def test_option() -> None:
    program = HEAD.format(each="net.set_up()", method="pass", held="net.parameters()")
    program = program.replace("net = Net()", "def main(args):\n  net = Net()")
    head, _, tail = program.partition("opt =")
    body = "  opt =" + tail.replace("\n", "\n  ").replace(
        "net.set_up()", "if args.freeze_backbone: net.backbone.eval()"
    )
    assert [code for code, _ in codes(head + body, "FRZ116")] == ["FRZ116"]


def test_part_without_anything_that_depends_on_the_mode() -> None:
    assert found("net.head.eval()") == [22]


@pytest.mark.parametrize("name", ["freeze_bn", "freeze_batchnorm_stats", "freeze_running_statistics"])
def test_silent_on_freeze_bn(name: str) -> None:
    program = HEAD.format(each=f"{name}(net.backbone)", method="pass", held="net.parameters()")
    assert codes(program.replace("freeze_part", name), "FRZ116") == []


def test_silent_on_no_optimizer_over_it() -> None:
    assert found("freeze_part(net.backbone)", held="net.head.parameters()") == []


def test_silent_on_loss_networks() -> None:
    each = "freeze_part(critic := Net())"
    assert found(each) == []


def test_silent_on_flags_set_as_well() -> None:
    assert found("freeze_part(net.backbone); net.backbone.requires_grad_(False)") == []


def test_silent_on_eval_of_batchnorm_parts() -> None:
    assert found("net.backbone.eval()") == []


def test_silent_on_unfreeze() -> None:
    program = HEAD.format(each="unfreeze_part(net.backbone)", method="pass", held="net.parameters()")
    assert codes(program.replace("freeze_part(", "unfreeze_part(").replace("ununfreeze", "unfreeze"), "FRZ116") == []
