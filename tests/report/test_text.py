"""The text format: what is shown, within which width, and that nothing in a source can harm the terminal."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from freezelint.core.findings import Confidence, Note, Problem, Report, Severity
from freezelint.core.spans import Span
from freezelint.report import terminal, text
from freezelint.report.excerpt import excerpt
from freezelint.report.printable import cells, escape
from tests.report.reports import finding, full_report, report


def test_a_finding_shows_its_line_its_notes_and_its_remedy() -> None:
    note = Note(Span("train.py", 2, 1, 2, 6), "built here")
    assert (
        text.write(report(finding(notes=(note,), full=True)))
        == """\
train.py:3:1: FRZ101 requires-grad-on-module `model.requires_grad = False` sets a plain attribute of a module [*]
    3 | model.requires_grad = False
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  note: built here
    2 | model = torch.nn.Linear(2, 2)
      | ^^^^^
  run: CONFIRMED: nothing changed
  help: write `model.requires_grad_(False)` (safe fix)

found 1 error in 2 files (1 CONFIRMED)
[*] 1 fixable with `--fix`
"""
    )


def test_a_note_elsewhere_says_where() -> None:
    written = text.write(report(finding(notes=(Note(Span("other.py", 7, 5, 7, 6), "frozen here"),))))
    assert "  note: other.py:7:5: frozen here\n" in written


def test_a_doubt_is_told() -> None:
    assert " (possible)\n" in text.write(report(finding(confidence=Confidence.POSSIBLE)))


@pytest.mark.parametrize(
    ("shown", "summary"),
    [
        (report(files=1), "no mistakes found in 1 file\n"),
        (report(files=0), "no mistakes found in 0 files\n"),
        (
            report(problems=(Problem("a", "b"), Problem("a", "c"))),
            "no mistakes found in 2 files; 1 path could not be checked\n",
        ),
        (report(finding(), finding(), finding(severity=Severity.INFO)), "found 2 errors and 1 info in 2 files\n"),
        (report(*(finding(severity=one) for one in Severity)), "found 1 error, 1 warning, 1 info in 2 files\n"),
    ],
)  # fmt: skip
def test_the_summary_counts(shown: Report, summary: str) -> None:
    assert text.write(shown).splitlines(keepends=True)[-1] == summary
    assert summary not in text.write(shown, summary=False)


@pytest.mark.parametrize("width", [30, 60, 80])
@pytest.mark.parametrize("column", [1, 40, 190, 330])
def test_all_lines_fit_the_width(width: int, column: int) -> None:
    line = "a" * 180 + ".requires_grad = False  # \t" + "日本" * 80
    span = Span("train.py", 1, column, 1, column + 15)
    note = Note(span, "frozen here " * 12)
    written = text.write(report(finding(span, notes=(note,), full=True), source=line), width=width)
    assert all(columns(line) <= width for line in written.splitlines()), written
    source, carets = written.splitlines()[written.splitlines().index(source_line(written)) :][:2]
    assert carets.rstrip().endswith("^")
    assert columns(carets) <= columns(source)


def source_line(written: str) -> str:
    return next(line for line in written.splitlines() if " | " in line)


def columns(line: str) -> int:
    return sum(width for _, width in cells(line))


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 200 + "model.requires_grad = False" + "y" * 200
    shown = excerpt(line, Span("a", 1, 201, 1, 228), 60)
    assert shown is not None
    assert shown.text.startswith("...x") and shown.text.endswith("y...") and len(shown.text) <= 60
    assert shown.text[shown.indent : shown.indent + shown.carets] == "model.requires_grad = False"


@pytest.mark.parametrize(
    ("line", "start", "end", "marked"),
    [
        ("\tmodel.eval()", 2, 7, "model"),
        ("日本 = model", 6, 11, "model"),
        ("e\u0301 = model", 6, 11, "model"),
        ("\x1b[31m model", 7, 12, "model"),
        ("model", 1, 1, "m"),
    ],
)
def test_the_caret_stands_below_what_it_means(line: str, start: int, end: int, marked: str) -> None:
    shown = excerpt(line, Span("a", 1, start, 1, end), 60)
    assert shown is not None
    left = 0
    for position, (_, width) in enumerate(cells(shown.text)):
        if left == shown.indent:
            assert shown.text[position : position + len(marked)] == marked
            break
        left += width
    else:
        pytest.fail("the caret stands below nothing")
    assert shown.carets == len(marked)


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    shown = excerpt("call(\n  a,\n)", Span("a", 1, 1, 3, 2), 60)
    assert shown is not None
    assert (shown.text, shown.carets) == ("call(", 5)


def test_a_place_that_is_not_in_the_source_shows_no_source() -> None:
    assert excerpt("one", Span("a", 9, 1, 9, 2), 60) is None
    beyond = excerpt("one", Span("a", 1, 50, 1, 60), 60)
    assert beyond is not None and beyond.indent == 3


def test_a_form_feed_ends_no_line() -> None:
    shown = excerpt("a = 1\x0c\nmodel", Span("a", 2, 1, 2, 6), 60)
    assert shown is not None and shown.text == "model"


def test_nothing_reaches_the_terminal_as_control() -> None:
    evil = "\x1b[2J \x07 \x9b1m \u202e \u2028 \r \x7f \x00 \ud800 \u200b"
    span = Span("tr\x1bain.py", 1, 1, 1, 3)
    shown = Report((finding(span, message=evil, notes=(Note(span, evil),)),), (), 1, {span.path: evil})
    written = text.write(shown)
    assert not set(written) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\r", "\x7f", "\x00", "\ud800", "\u200b"}
    assert "\\x1b[2J" in written
    assert escape("ä 日本 a\u00a0b") == "ä 日本 a\u00a0b"


def test_colours_change_nothing_but_colour() -> None:
    for width in (None, 60):
        coloured = terminal.write(full_report(), width=width)
        assert "\x1b[1;31mFRZ101" in coloured
        plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
        assert [line.rstrip() for line in plain.splitlines()] == text.write(full_report(), width=width).splitlines()


def test_markup_of_rich_in_a_source_is_only_text() -> None:
    shown = terminal.write(report(finding(), source="\n\nx = [red]y[/] :smile:"))
    assert "x = [red]y[/] :smile:" in shown


def test_plain_text_needs_no_rich() -> None:
    code = "import sys; from freezelint.report import text, concise, github, json; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
