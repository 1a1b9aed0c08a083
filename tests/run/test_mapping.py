"""The map of a program: its events, the parts of its models, and how both are shown."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from freezelint.config import Settings
from freezelint.core.pictures import EntryMap, Grads, Holding, Map, Mode, State
from freezelint.report import map_html, map_terminal
from freezelint.report.picture_words import part_label
from freezelint.run.mapping import draw
from tests.support.browser import colours_of, document_of, needs_browser

HEAD = "import torch\nfrom torch import nn\nfrom torchvision.models import resnet18\n\n"
BODY = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = resnet18()
        self.head = nn.Linear(1000, 10)

    def forward(self, x):
        return self.head(self.backbone(x))


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False


model = Net()
freeze(model.backbone)
for name, p in model.backbone.named_parameters():
    if "layer4" in name:
        p.requires_grad = True
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], 0.1)
for x in torch.rand(3, 2, 3, 32, 32):
    model.train()
    model.backbone.eval()
    optimizer.zero_grad()
    model(x).sum().backward()
    optimizer.step()
"""
Draw = Callable[..., Map]


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """The map of one program."""
    monkeypatch.chdir(tmp_path)

    def drawn(text: str, name: str = "train.py") -> Map:
        (tmp_path / name).write_text(text)
        return draw([name], Settings(root=os.getcwd()))

    return drawn


def states(entry: EntryMap) -> dict[str, list[State | None]]:
    (model,) = entry.models
    return {part_label(part.names, model.label): list(part.states) for part in model.parts}


def test_events_come_in_order_and_parts_as_far_as_they_differ(drawn: Draw) -> None:
    (entry,) = drawn(HEAD + BODY).entries
    assert [event.kind for event in entry.events] == [
        "freeze", "unfreeze", "optimizer", "train mode", "eval mode", "forward", "backward", "step",
    ]  # fmt: skip
    freeze = entry.events[0]
    assert (freeze.function, freeze.code) == ("freeze", "p.requires_grad = False")
    found = states(entry)
    assert list(found) == ["backbone.{conv1, bn1 ... fc (6)}", "backbone.layer4", "head"]
    frozen, thawed, head = found.values()
    assert frozen[-1] == State(Grads.FROZEN, Mode.EVAL)
    assert thawed[0] == State(Grads.FROZEN, Mode.TRAIN)
    assert thawed[-1] == State(Grads.TRAINABLE, Mode.EVAL, (Holding("optimizer"),))
    assert head[-1] == State(Grads.TRAINABLE, Mode.TRAIN, (Holding("optimizer"),))


def test_what_depends_on_an_option_says_so(drawn: Draw) -> None:
    text = f"{HEAD}\n\ndef main(args):\n    model = nn.Linear(2, 2)\n    if args.freeze:\n"
    text += "        model.requires_grad_(False)\n    torch.optim.SGD(model.parameters(), 0.1)\n"
    (entry,) = drawn(text).entries
    assert entry.name == "main"
    assert [event.condition for event in entry.events] == ["args.freeze", ""]
    first, second = states(entry)["model"]
    assert first is not None and second is not None
    assert (first.grads, second.grads, second.when) == (Grads.FROZEN, Grads.UNKNOWN, "frozen if args.freeze")


def test_later_rounds_are_shown_where_they_differ(drawn: Draw) -> None:
    text = f"{HEAD}model = nn.Linear(2, 2)\nopt = torch.optim.SGD(model.parameters(), 0.1)\nmodel.train()\n"
    text += "for epoch in range(3):\n    model(torch.rand(1, 2)).sum().backward()\n    opt.step()\n    model.eval()\n"
    (entry,) = drawn(text).entries
    kinds = [(event.kind, event.later) for event in entry.events]
    assert kinds.index(("forward", False)) < kinds.index(("eval mode", False)) < kinds.index(("forward", True))
    modes = [state.mode for state in states(entry)["model"] if state is not None]
    assert modes[kinds.index(("forward", False))] is Mode.TRAIN
    assert modes[kinds.index(("forward", True))] is Mode.EVAL


def test_what_has_no_effect_is_marked(drawn: Draw) -> None:
    (entry,) = drawn(f"{HEAD}model = nn.Linear(2, 2)\nmodel.requires_grad = False\nmodel.eval()\n").entries
    assert [(event.effect, event.kind) for event in entry.events] == [(False, "sets an attribute"), (True, "eval mode")]
    assert {state.grads for state in states(entry)["model"] if state is not None} == {Grads.TRAINABLE}


def test_parameters_of_a_module_itself_are_a_part(drawn: Draw) -> None:
    text = f"""{HEAD}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(2))
        self.fc = nn.Linear(2, 2)

net = Net()
net.fc.requires_grad_(False)
torch.optim.SGD(net.parameters(), 0.1)
"""
    (entry,) = drawn(text).entries
    found = states(entry)
    assert {name: state.grads for name, (state, _) in found.items() if state is not None} == {
        "(own)": Grads.TRAINABLE, "fc": Grads.FROZEN,
    }  # fmt: skip


def test_entry_points_without_anything_to_tell_are_left_out(drawn: Draw) -> None:
    result = drawn(f"{HEAD}def helper(x):\n    return torch.optim\n\n\nmodel = nn.Linear(2, 2)\nprint(model)\n")
    assert result.entries == ()
    assert "nothing here" in map_terminal.write(result, width=60, colour=False)


def test_notebooks_are_told_by_cell(drawn: Draw) -> None:
    cells = ["import torch\nfrom torch import nn", "model = nn.Linear(2, 2)\nmodel.requires_grad_(False)"]
    text = json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})
    (entry,) = drawn(text, "n.ipynb").entries
    assert [(event.span.cell, event.span.line) for event in entry.events] == [(2, 2)]
    assert "cell 2:2" in map_terminal.write(drawn(text, "n.ipynb"), width=60, colour=False)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_terminal_is_never_too_narrow(drawn: Draw, width: int) -> None:
    text = map_terminal.write(drawn(HEAD + BODY), width=width, colour=False)
    assert max(map(len, text.split("\n"))) <= width
    assert "\x1b" not in text
    words = " ".join(text.split())
    assert "> backbone: frozen" in words
    assert "> backbone.layer4: trainable" in words
    assert "> backbone.layer4, head: in optimizer" in words or width < 60
    assert "\x1b[" in map_terminal.write(drawn(HEAD + BODY), width=width, colour=True)


def test_the_page_escapes_what_comes_from_the_source(drawn: Draw) -> None:
    page = map_html.write(drawn(f"{HEAD}model = nn.Linear(2, 2)\nmodel.eval()  # <script>alert(1)</script>\n"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@needs_browser
def test_a_browser_shows_the_page(drawn: Draw, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    page.write_text(map_html.write(drawn(HEAD + BODY)))
    document = document_of(page)
    assert document.count("<tr>") == 1 + 8
    assert document.count('class="state') == 3 * 8
    # The colours of trainable and frozen.
    assert {(0x2E, 0x7D, 0x32), (0x15, 0x65, 0xC0)} <= colours_of(page)
