"""Real models: what is told of them, on the terminal and in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from freezelint.core.pictures import Grads, Layer, Mode
from freezelint.report import inspect_html, inspect_terminal
from freezelint.runtime.inspecting import CannotInspect, inspect_model, inspect_target
from tests.support.browser import colours_of, document_of, needs_browser

torch = pytest.importorskip("torch")
nn = torch.nn

FACTORY = """
import torch
from torch import nn

print("building")


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return self.fc(self.norm(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.blocks = nn.Sequential(*[Block() for _ in range(4)])
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.blocks(x * self.scale))


def make():
    net = Net()
    net.blocks[:3].requires_grad_(False).eval()
    groups = [{"params": net.head.parameters(), "lr": 0.5}, {"params": net.blocks[0].parameters()}]
    return net, torch.optim.SGD(groups, 0.1)


def needs(size):
    return Net()


def none():
    return 3


def broken():
    raise KeyError("mine")


class Small(nn.Linear):
    def __init__(self):
        super().__init__(2, 2)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fac.py").write_text(FACTORY)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "freezelint", "inspect", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def below(layer: Layer) -> dict[str, Layer]:
    return {"/".join(child.names): child for child in layer.children}


def make() -> tuple[object, object]:
    space: dict[str, object] = {"print": lambda *_: None}
    exec(FACTORY, space)
    return space["make"]()  # type: ignore[operator, no-any-return]


def test_the_tree_tells_states_and_sizes() -> None:
    model, optimizer = make()
    found = inspect_model(model, optimizer, inputs=[(3, 4)])  # type: ignore[arg-type]
    net = found.model
    total = sum(each.numel() for each in model.parameters())  # type: ignore[attr-defined]
    assert (net.grads, net.mode, net.parameters) == (Grads.MIXED, Mode.MIXED, total)
    parts = below(net)
    assert (parts["scale"].cls, parts["scale"].grads, parts["scale"].groups) == ("Parameter", Grads.TRAINABLE, ())
    assert (parts["head"].groups, parts["head"].shape, parts["head"].parameters) == ((0,), "3x2", 10)
    blocks = below(parts["blocks"])
    # The first block is held by the optimizer, the next two are alike, the last is trained.
    assert list(blocks) == ["0", "1/2", "3"]
    assert [(each.grads, each.mode, each.groups) for each in blocks.values()] == [
        (Grads.FROZEN, Mode.EVAL, (1,)),
        (Grads.FROZEN, Mode.EVAL, ()),
        (Grads.TRAINABLE, Mode.TRAIN, ()),
    ]
    assert blocks["3"].buffers == 4 + 4 + 1
    assert [(group.parameters, group.frozen) for group in found.groups] == [(10, 0), (28, 28)]
    assert found.groups[0].options.startswith("lr=0.5")
    last = ("norm.weight", "norm.bias", "fc.weight", "fc.bias")
    assert found.missed == ("scale", *(f"blocks.3.{name}" for name in last))


def test_looking_changes_nothing() -> None:
    model, optimizer = make()
    before = {name: value.clone() for name, value in model.state_dict().items()}  # type: ignore[attr-defined]
    modes = [module.training for module in model.modules()]  # type: ignore[attr-defined]
    inspect_model(model, optimizer, inputs=[(3, 4)])  # type: ignore[arg-type]
    assert [module.training for module in model.modules()] == modes  # type: ignore[attr-defined]
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())  # type: ignore[attr-defined]
    assert not any(module._forward_hooks for module in model.modules())  # type: ignore[attr-defined]


def test_shared_and_lazy_modules() -> None:
    shared = nn.Linear(2, 2)
    model = nn.Sequential(shared, nn.ReLU(), shared, nn.LazyLinear(3))
    found = inspect_model(model).model
    assert [child.shared for child in found.children] == [False, False, True, False]
    assert found.parameters == 6
    assert found.children[3].parameters == 0


def test_parameters_that_the_model_does_not_have_are_told() -> None:
    model = nn.Linear(2, 2)
    other = nn.Linear(3, 3)
    found = inspect_model(model, torch.optim.SGD([*model.parameters(), *other.parameters()], 0.1))
    assert [(group.parameters, group.elsewhere) for group in found.groups] == [(18, 12)]


def test_the_terminal_folds_what_is_in_one_state(folder: Path) -> None:
    result = run(folder, "fac:make", "--input", "3,4")
    assert result.returncode == 0
    assert result.stderr == "building\n"
    lines = [" ".join(line.split()) for line in result.stdout.split("\n")]
    assert "1-2 x2 Block frozen eval 28 3x4" in lines
    assert not any("BatchNorm1d" in line for line in lines)
    assert "5 trainable parameters in no group: scale, blocks.3.norm.weight" in result.stdout
    assert "BatchNorm1d" in run(folder, "fac.py:make", "--depth", "3").stdout
    assert json.loads(run(folder, "fac:Small", "--output-format", "json").stdout)["model"]["parameters"] == 6
    model, optimizer = make()
    text = inspect_terminal.write(inspect_model(model, optimizer), width=50, colour=False)  # type: ignore[arg-type]
    assert max(map(len, text.split("\n"))) <= 50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fac",), "names no factory"),
        (("fac:gone",), "fac has no gone"),
        (("gone:make",), "there is no module named gone"),
        (("gone.py:make",), "there is no file gone.py"),
        (("fac:needs",), "needs arguments (size)"),
        (("fac:none",), "returns no module but int"),
        (("fac:make", "--input", "a,b"), "is no shape"),
        (("fac:make", "--input", "3,5"), "the forward on 3x5 failed"),
        (("fac:broken",), "KeyError: 'mine'"),
    ],
)
def test_slips_are_told(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(folder, *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert ("Traceback" in result.stderr) == ("broken" in arguments[0])


def test_without_a_function_there_is_nothing() -> None:
    with pytest.raises(CannotInspect, match="names no factory"):
        inspect_target("json")


@needs_browser
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    model, optimizer = make()
    page = tmp_path / "model.html"
    page.write_text(inspect_html.write(inspect_model(model, optimizer, label="<b>net</b>")))  # type: ignore[arg-type]
    document = document_of(page)
    assert "&lt;b&gt;net&lt;/b&gt;" in document
    # The model and its blocks are unfolded, the blocks themselves are not.
    assert document.count("<details open") == 2
    assert document.count("<details") == 5
    assert {(0x2E, 0x7D, 0x32), (0x15, 0x65, 0xC0), (0x8E, 0x24, 0xAA)} <= colours_of(page)
