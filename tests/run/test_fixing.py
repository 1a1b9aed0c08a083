"""Rounds of mending: any mixture of mistakes, in any layout, ends in a file in which nothing is left to mend."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Edit, Finding, Fix, Report, Safety, Severity
from freezelint.core.spans import Span
from freezelint.run.fixing import ROUNDS, FileChange, mend, with_edits, write

HEAD = """\
from torch import nn, optim

model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2), nn.ReLU()))
flag = input() == "y"
"""
MISTAKES = [
    "model[0].requires_grad = False",
    "model[1][0].weight.require_grad = flag",
    "model[1].require_grad = (not\n    flag)",
    'setattr(model[1], "requires_grad", False)',
    "model.eval",
    "model.train = False",
    "model[0].weight.requires_grad == False",
    "model[0].weight.requires_grad(flag)",
    "model[0].weight.requires_grad_ = True",
    "model[0].weight.data.requires_grad = False",
    "model.parameters().requires_grad = True",
    "list(model.parameters()).requires_grad = True",
    "opt = optim.SGD(model.parameters(), lr=0.1)",
    "model[0].requires_grad_(False)",
    "x = 1",
]
LOOPS = [
    "for p in model.parameters:\n    p.requires_grad = False",
    "for p in model.parameters():\n    p.requires_grad == False",
    "for n, p in model.named_parameters():\n    if n.find('0'):\n        p.require_grad = flag",
    "for m in model.children():\n    m.requires_grad = False  # all",
    "for p in model.named_parameters():\n    p.requires_grad = False",
]
LAYOUTS = ["{}", "{}  # why", "if flag:\n    {}", "if flag:\n\t{}  # é", "if flag: {}", "x = 2; {}", "{}; x = 3"]
SIMPLE = st.builds(
    lambda mistake, layout: layout.format(mistake if "\n\t" not in layout else mistake.replace("\n    ", "\n\t\t")),
    st.sampled_from(MISTAKES), st.sampled_from(LAYOUTS),
)  # fmt: skip
PROGRAMS = st.lists(st.one_of(SIMPLE, st.sampled_from(LOOPS)), min_size=1, max_size=6)


def settings_for(folder: Path) -> Settings:
    return Settings(root=str(folder), select=("FRZ",))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PROGRAMS, end=st.sampled_from(["\n", "\r\n"]), unsafe=st.booleans())
def test_any_mixture_is_mended(tmp_path: Path, parts: list[str], end: str, unsafe: bool) -> None:
    text = HEAD + "\n".join(parts) + "\n"
    ast.parse(text)
    file = tmp_path / "a.py"
    file.write_bytes(text.replace("\n", end).encode())
    mended = mend([str(file)], settings_for(tmp_path), unsafe=unsafe)
    assert mended.rounds < ROUNDS
    assert not any(each.fix and each.fix.edits and each.fix.safety is Safety.SAFE for each in mended.report.findings)
    assert write(mended.changes) == ()
    after = file.read_bytes().decode()
    ast.parse(after)
    # Only lines with a finding change, each finding one or two of them; nothing but what is meant gets lost.
    lines = after.split(end)
    assert sum(line not in lines for line in text.split("\n")) <= 2 * len(mended.findings)
    assert text.count("#") == after.count("#")
    assert "\n" not in after.replace(end, "")
    assert mend([str(file)], settings_for(tmp_path), unsafe=unsafe).changes == ()


def finding(path: str, text: str, *, safety: Safety = Safety.SAFE, message: str = "x") -> Finding:
    place = Span(path, 1, 1, 1, 2)
    fix = Fix("x", safety, (Edit(place, text),))
    return Finding("FRZ101", "x", Severity.ERROR, Confidence.CERTAIN, message, place, fix=fix)


def test_fixes_that_undo_each_other_come_to_an_end(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("a\n")

    def checked(instead: object) -> Report:
        (now,) = instead.values() if isinstance(instead, dict) and instead else (b"a\n",)
        return Report((finding(str(file), "b" if now == b"a\n" else "a", message=now.decode()),), (), 1)

    mended = mend([str(file)], settings_for(tmp_path), unsafe=False, checked=checked)
    assert mended.rounds == ROUNDS
    assert file.read_text() == "a\n"


def test_a_fix_that_does_not_help_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("a\nb\n")

    def checked(instead: object) -> Report:
        (now,) = instead.values() if isinstance(instead, dict) and instead else (b"a\nb\n",)
        second = Span(str(file), 2, 1, 2, 2)
        fix = Fix("x", Safety.SAFE, (Edit(second, "c"),))
        other = msgspec.structs.replace(finding(str(file), "c"), code="FRZ102", span=second, fix=fix)
        where = now.decode().split("\n").index("a") + 1
        place = Span(str(file), where, 1, where, 2)
        vain = finding(str(file), "")
        left = [msgspec.structs.replace(vain, span=place, fix=Fix("x", Safety.SAFE, (Edit(place, "x = 0\na"),)))]
        return Report((*left, *([other] if b"b" in now else [])), (), 1)

    mended = mend([str(file)], settings_for(tmp_path), unsafe=False, checked=checked)
    assert [each.code for each in mended.findings] == ["FRZ102"]
    assert [change.after for change in mended.changes] == [b"a\nc\n"]
    assert [each.fix.edits for each in mended.report.findings if each.fix] == [()]


def test_a_file_that_would_break_is_left_out_and_the_others_are_mended(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.py", tmp_path / "b.py"
    good.write_text("a\n")
    bad.write_text("a\n")

    def checked(instead: object) -> Report:
        left = () if isinstance(instead, dict) and str(good) in instead else (finding(str(good), "b"),)
        return Report((*left, finding(str(bad), "(")), (), 2)

    mended = mend([str(tmp_path)], settings_for(tmp_path), unsafe=False, checked=checked)
    assert [change.path for change in mended.changes] == [str(good)]


def test_a_possible_finding_is_unsafe_to_mend() -> None:
    report = with_edits(Report((), (), 0))
    assert report.findings == ()
    from freezelint.core.recipes import as_call

    text = "m.requires_grad = False\n"
    fix = Fix("x", Safety.SAFE, recipes=(as_call(Span("a.py", 1, 1, 1, 16), "requires_grad", "requires_grad_"),))
    for confidence, safety in ((Confidence.CERTAIN, Safety.SAFE), (Confidence.POSSIBLE, Safety.UNSAFE)):
        one = Finding("FRZ101", "x", Severity.ERROR, confidence, "x", Span("a.py", 1, 1, 1, 16), fix=fix)
        (resolved,) = with_edits(Report((one,), (), 1, {"a.py": text})).findings
        assert resolved.fix is not None and resolved.fix.edits and resolved.fix.safety is safety


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write everything")
def test_what_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("a\n")
    file.chmod(0o444)
    (problem,) = write([FileChange(str(file), "a.py", b"a\n", b"b\n")])
    assert problem.path == "a.py" and "cannot be written" in problem.message
    assert file.read_text() == "a\n"


def test_a_file_that_changed_meanwhile_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("c\n")
    (problem,) = write([FileChange(str(file), "a.py", b"a\n", b"b\n")])
    assert problem.message == "cannot be written: it was changed by something else meanwhile"
    assert file.read_text() == "c\n"
