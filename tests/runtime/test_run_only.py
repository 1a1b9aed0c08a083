"""What only a run shows: without any finding of the analysis, at the right line, with numbers."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
nn = torch.nn

from freezelint.core.findings import Finding  # noqa: E402
from freezelint.runtime import watch  # noqa: E402
from tests.runtime.forked import confirm_program  # noqa: E402
from tests.support import torchvision_shim  # noqa: E402, F401


class Tower(nn.Module):  # type: ignore[misc, name-defined]
    """A frozen base, an adapter, and a head."""

    def __init__(self, *, dropout: float = 0.0, inplace: bool = False) -> None:
        super().__init__()
        self.base = nn.Sequential(nn.Linear(4, 16), nn.Dropout(dropout, inplace=inplace), nn.Linear(16, 4))
        self.adapter = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)
        self.cut = False

    def forward(self, x: Any) -> Any:
        if not self.cut:
            return self.head(self.adapter(self.base(x)))
        with torch.no_grad():
            x = self.adapter(self.base(x))
        return self.head(x)


def train(model: Any, optimizer: Any, steps: int = 3, *, clear: bool = True) -> list[float]:
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(torch.randn(8, 4)), torch.randint(0, 2, (8,)))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=clear)
        losses.append(float(loss.detach()))
    return losses


def found(run: Callable[[], None]) -> dict[str, Finding]:
    with watch(None, file=io.StringIO()) as watching:
        run()
    return {each.code: each for each in watching.findings}


def line_of(function: Any, text: str) -> int:
    lines, first = inspect.getsourcelines(function)
    return first + next(number for number, line in enumerate(lines) if text in line)


def test_what_trains_within_no_grad() -> None:
    def run() -> None:
        model = Tower()
        model.cut = True
        model.base.requires_grad_(False)
        train(model, torch.optim.SGD([*model.adapter.parameters(), *model.head.parameters()], lr=0.1))

    told = found(run)["FRZ402"]
    off = line_of(Tower.forward, "with torch.no_grad()")
    assert (told.span.line, told.notes[0].span.line) == (off + 1, off)
    assert told.verdict is not None and told.verdict.evidence["with_gradient"] == 0


def test_a_frozen_part_within_no_grad_is_right() -> None:
    def run() -> None:
        model = Tower()
        model.cut = True
        model.base.requires_grad_(False)
        model.adapter.requires_grad_(False)
        train(model, torch.optim.SGD(model.head.parameters(), lr=0.1))

    assert not found(run)


def test_a_part_that_is_only_validated_without_gradients_is_right() -> None:
    def run() -> None:
        model = Tower()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(2):
            train(model, optimizer)
            with torch.no_grad():
                model(torch.randn(4, 4))

    assert not found(run)


def test_zeroed_gradients_that_are_left_at_a_freeze() -> None:
    def run() -> None:
        model = Tower()
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
        train(model, optimizer, clear=False)
        model.base.requires_grad_(False)
        train(model, optimizer, clear=False)

    told = found(run)["FRZ202"]
    assert told.span.line == line_of(run, "model.base.requires_grad_(False)")
    assert told.verdict is not None and float(told.verdict.evidence["moved"]) > 0


def test_a_part_that_is_set_free_again_by_itself_is_right() -> None:
    def run() -> None:
        model = nn.ModuleDict({"encoder": nn.Linear(4, 2)})  # whose only part holds all that it holds
        model.requires_grad_(False)
        model["encoder"].requires_grad_(True)
        train(model["encoder"], torch.optim.SGD(model.parameters(), lr=0.1))

    assert not found(run)


@pytest.mark.parametrize("inplace", [False, True])
def test_dropout_of_a_frozen_part_is_measured_and_changes_nothing(inplace: bool) -> None:
    def run() -> list[float]:
        torch.manual_seed(3)
        model = Tower(dropout=0.5, inplace=inplace)
        model.base.requires_grad_(False)
        losses = train(model, torch.optim.SGD(model.head.parameters(), lr=0.1), 4)
        return [*losses, *model.head.weight.detach().flatten().tolist(), float(torch.rand(()))]

    plain = run()
    with watch(None, file=io.StringIO()) as watching:
        watched = run()
    assert watched == plain
    told = next(each for each in watching.findings if each.code == "FRZ303")
    assert told.verdict is not None and 0.2 < float(told.verdict.evidence["difference"]) < 3
    assert "two forwards of the same input differ by" in told.verdict.summary


def test_a_layer_with_hooks_of_the_user_is_run_once() -> None:
    calls: list[int] = []

    def run() -> None:
        model = Tower(dropout=0.5)
        model.base.requires_grad_(False)
        model.base[1].register_forward_hook(lambda *given: calls.append(1))
        train(model, torch.optim.SGD(model.head.parameters(), lr=0.1), 2)

    told = found(run)["FRZ303"]
    assert len(calls) == 2
    assert told.verdict is not None and "difference" not in told.verdict.evidence


def test_what_a_library_makes_is_no_freeze_of_the_user() -> None:
    transformers = pytest.importorskip("transformers")
    config = transformers.GPT2Config(
        vocab_size=20, n_positions=8, n_embd=8, n_layer=1, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0
    )

    def run() -> None:
        model = transformers.GPT2LMHeadModel(config)
        for parameter in model.parameters():
            parameter.requires_grad = False
        model.resize_token_embeddings(24)
        model.transformer.wte.requires_grad_(True)
        optimizer = torch.optim.SGD([model.transformer.wte.weight], lr=0.1)
        ids = torch.randint(0, 20, (2, 6))
        model(input_ids=ids, labels=ids).loss.backward()
        optimizer.step()

    assert "FRZ114" not in found(run)


_PHASES = """\
import torch
from torch import nn

actor, critic = nn.Linear(4, 2), nn.Linear(2, 1)
optimizer = torch.optim.Adam([{"params": actor.parameters()}, {"params": critic.parameters()}])
for step in range(8):
    with torch.set_grad_enabled(eval("step >= 6")):
        action = actor(torch.randn(8, 4))
    optimizer.zero_grad()
    critic(action).mean().backward()
    optimizer.step()
"""


@pytest.mark.parametrize("steps", [3, 60])
def test_what_is_trained_after_the_run_was_stopped_is_right(tmp_path: Path, steps: int) -> None:
    program = tmp_path / "train.py"
    program.write_text(_PHASES)
    findings, result = confirm_program(program, steps=steps)
    assert result.ended == ("stopped" if steps == 3 else "finished")
    assert [each.code for each in findings if each.code in ("FRZ401", "FRZ402")] == []


def test_what_is_not_trained_in_a_whole_run_is_told(tmp_path: Path) -> None:
    program = tmp_path / "train.py"
    program.write_text(_PHASES.replace("step >= 6", "step >= 8"))
    findings, _ = confirm_program(program)
    told = [each for each in findings if each.code == "FRZ402"]
    assert [(each.span.line, each.notes[0].span.line) for each in told] == [(8, 7)]


_BY_NAME = """\
import torch

parts = ["stem", "head", *(f"block{i}" for i in range(12))]
net = eval("torch.nn.Module()")
for part in parts:
    net.add_module(part, torch.nn.Linear(4, 4))

for name, parameter in net.named_parameters():
    if TEST:
        parameter.requires_grad = False
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
x = net.stem(torch.randn(2, 4))
for i in range(12):
    x = getattr(net, f"block{i}")(x)
net.head(x).sum().backward()
optimizer.step()
"""


@pytest.mark.parametrize(
    ("test", "code", "names"),
    [
        ('name.startswith("steem")', "FRZ111", 0),
        ('name.startswith(("stem", "block1"))', "FRZ113", 4),
        ('name.startswith(("stem", "block0."))', None, 0),
    ],
)
def test_conditions_on_names_of_a_model_that_only_the_run_knows(
    tmp_path: Path, test: str, code: str | None, names: int
) -> None:
    program = tmp_path / "train.py"
    program.write_text(_BY_NAME.replace("TEST", test))
    findings, _ = confirm_program(program)
    told = [each for each in findings if each.code in ("FRZ111", "FRZ113")]
    assert [each.code for each in told] == ([] if code is None else [code])
    for each in told:
        assert each.span.line == 9 and each.origin == "run"
        assert each.verdict is not None and each.verdict.outcome == "confirmed"
        assert each.verdict.evidence == {"names": 28, "matched": names}
