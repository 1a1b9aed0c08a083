"""Comments written for findings: where they go, and that nothing else changes."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Severity
from freezelint.core.spans import Span
from freezelint.fix.apply import edited
from freezelint.run.check import check
from freezelint.run.ignoring import Added, add_ignores, ignore_edits
from freezelint.run.suppression import apply_comments
from freezelint.source.comments import logical_lines, suppressions

HEAD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\n"
BAD = "model.requires_grad = False"

Excuse = Callable[[bytes], tuple[bytes, Added]]


@pytest.fixture
def excuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Excuse:
    monkeypatch.chdir(tmp_path)

    def excuse(content: bytes) -> tuple[bytes, Added]:
        (tmp_path / "a.py").write_bytes(content)
        options = Settings(root=os.getcwd(), select=("FRZ101",))
        added = add_ignores(check(["."], options), ["."], options)
        written = (tmp_path / "a.py").read_bytes()
        assert check(["."], options).findings == added.report.findings
        again = add_ignores(check(["."], options), ["."], options)
        assert (again.comments, (tmp_path / "a.py").read_bytes()) == (0, written)
        return written, added

    return excuse


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BAD, f"{BAD}  # freezelint: ignore[FRZ101]"),
        (f"{BAD}   ", f"{BAD}  # freezelint: ignore[FRZ101]"),
        (f"{BAD}  # prose", f"{BAD}  # prose  # freezelint: ignore[FRZ101]"),
        (f"{BAD}  # type: ignore", f"{BAD}  # type: ignore  # freezelint: ignore[FRZ101]"),
        (f"{BAD}  # noqa: E501", f"{BAD}  # noqa: E501  # freezelint: ignore[FRZ101]"),
        (f"{BAD}  # freezelint: ignore[FRZ301] why", f"{BAD}  # freezelint: ignore[FRZ301, FRZ101] why"),
        ("(model\n .requires_grad) = (\n0\n)", "(model\n .requires_grad) = (\n0\n)  # freezelint: ignore[FRZ101]"),
        ("model.requires_grad = \\\n    False", "model.requires_grad = \\\n    False  # freezelint: ignore[FRZ101]"),
        (f'if s: {BAD}; s = """\n"""', f'if s: {BAD}; s = """\n"""  # freezelint: ignore[FRZ101]'),
        (f"if model: {BAD}; x = 1", f"if model: {BAD}; x = 1  # freezelint: ignore[FRZ101]"),
        (f"if x: {BAD}; {BAD}", f"if x: {BAD}; {BAD}  # freezelint: ignore[FRZ101]"),
        (
            "model.requires_grad = (  # freezelint: ignore[FRZ3]\n    False\n)",
            "model.requires_grad = (  # freezelint: ignore[FRZ3, FRZ101]\n    False\n)",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "", "\nx = 1\n"])
def test_the_comment_stands_behind_the_statement(excuse: Excuse, before: str, after: str, end: str) -> None:
    written, added = excuse((HEAD + before + end).encode())
    assert written.decode() == HEAD + after + end
    assert (added.comments, added.files, added.report.findings) == (1, 1, ())


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"# coding: latin-1\n# \xe9\n" + text.encode(),
        lambda text: "# 日本\n".encode() + text.encode(),
        lambda text: b"\x0c\n" + text.encode(),
        lambda text: text.replace("\n", "\r\n", 2).encode(),
    ],
    ids=["crlf", "cr", "bom", "latin-1", "utf-8", "form feed", "mixed"],
)
def test_encoding_line_ends_and_marks_stay(excuse: Excuse, wrap: Callable[[str], bytes]) -> None:
    before = wrap(f"{HEAD}{BAD}\nx = 1\n")
    written, added = excuse(before)
    assert added.comments == 1
    assert written == before.replace(BAD.encode(), BAD.encode() + b"  # freezelint: ignore[FRZ101]")


def test_the_mode_stays_and_so_does_a_link(excuse: Excuse, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "b.txt"
    real.write_text(HEAD + BAD)
    real.chmod(0o755)
    (tmp_path / "a.py").symlink_to(real)
    written, _ = excuse((HEAD + BAD).encode())
    assert (tmp_path / "a.py").is_symlink()
    assert real.read_bytes() == written
    assert stat.S_IMODE(real.stat().st_mode) == 0o755


def test_a_file_that_cannot_be_written_keeps_its_findings(excuse: Excuse, tmp_path: Path) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("freezelint.run.ignoring.write_whole", refuse)
        written, added = excuse((HEAD + BAD).encode())
    assert written.decode() == HEAD + BAD
    assert len(added.report.findings) == 1
    assert [problem.message for problem in added.report.problems] == ["no comment was added: permission denied"]


STATEMENTS = st.sampled_from(
    [
        "x = 1", "x = [\n    1,  # one\n]", 's = """\n# freezelint: ignore[FRZ1]\n"""', "if x:\n    y = (\n\n)",
        "x = \\\n  2",
        "# alone", "", "def f(\n    a,\n):  # noqa\n    return '#'", "@d\nclass C: pass", "x = 1; y = 2  # why",
        "f('''a\nb''', \"\\\"#\")  # freezelint: ignore[FRZ2] because", "x = f'{1}'  # freezelint: ignore",
    ]
)  # fmt: skip


@given(st.lists(STATEMENTS, min_size=1, max_size=8), st.data())
@settings(max_examples=200, deadline=None)
def test_any_line_with_code_can_be_excused(parts: list[str], data: st.DataObject) -> None:
    text = "\n".join(parts)
    places = [line for first, last in logical_lines(text) for line in range(first, last + 1)]
    lines = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    codes = data.draw(st.lists(st.sampled_from(["FRZ101", "FRZ201", "FRZ301"]), min_size=1, unique=True))
    findings = [
        Finding(code, "n", Severity.ERROR, Confidence.CERTAIN, "m", Span("a.py", line, 1, line, 2))
        for line in lines
        for code in codes
    ]
    left = apply_comments(findings, suppressions(text)).kept
    after = edited(text.encode(), ignore_edits("a.py", text, left)).decode()
    assert apply_comments(findings, suppressions(after)).kept == ()
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(text))
    assert ignore_edits("a.py", after, apply_comments(findings, suppressions(after)).kept) == ()


def test_logical_lines_are_those_of_python() -> None:
    text = "a\n\n# c\nb = (\n  1,\n)\nif x: \\\n  y\n'''\n'''  # c\nz = '# (' \\\n  'b'"
    assert logical_lines(text) == ((1, 1), (4, 6), (7, 8), (9, 10), (11, 12))
