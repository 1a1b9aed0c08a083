"""Comments and settings that silence findings."""

from __future__ import annotations

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Severity
from freezelint.core.spans import Span
from freezelint.run.suppression import FileIgnores, apply_comments
from freezelint.source.comments import suppressions


def finding(line: int, code: str = "FRZ101", name: str = "requires-grad-on-module") -> Finding:
    span = Span("a.py", line, 1, line, 2)
    return Finding(code, name, Severity.ERROR, Confidence.CERTAIN, "", span)


def left(text: str, *findings: Finding) -> list[int]:
    return [one.span.line for one in apply_comments(findings, suppressions(text)).kept]


@pytest.mark.parametrize(
    "comment",
    [
        "# freezelint: ignore",
        "# freezelint: ignore[FRZ101]",
        "# freezelint: ignore[FRZ301, FRZ101] as the paper has it",
        "# freezelint: ignore[FRZ1]",
        "# freezelint: ignore[requires-grad-on-module]",
    ],
)
def test_a_comment_silences_its_line_alone(comment: str) -> None:
    assert left(f"one\ntwo  {comment}\nthree\n", finding(1), finding(2), finding(3)) == [1, 3]


def test_another_code_is_not_silenced() -> None:
    assert left("one  # freezelint: ignore[FRZ102]\n", finding(1)) == [1]


def test_the_next_line_and_the_file() -> None:
    assert left("# freezelint: ignore-next-line[FRZ101]\ntwo\nthree\n", finding(2), finding(3)) == [3]
    other = finding(2, "FRZ102", "misspelled-requires-grad")
    assert left("# freezelint: ignore-file[FRZ101]\ntwo\n", finding(2), other) == [2]
    assert left("# freezelint: ignore-file\ntwo\n", finding(2), other) == []


def test_a_comment_speaks_of_its_whole_statement() -> None:
    text = "call(\n    one,\n    two,\n)  # freezelint: ignore[FRZ101]\nnext\n"
    assert left(text, finding(1), finding(2), finding(5)) == [5]


def test_noqa() -> None:
    assert left("one  # noqa: E501, FRZ101\ntwo  # noqa: E501\nthree  # noqa\n", *map(finding, (1, 2, 3))) == [2]


def test_comments_of_no_use_can_be_told() -> None:
    given = suppressions("one  # freezelint: ignore[FRZ101]\ntwo  # freezelint: ignore[FRZ101]\n")
    used = apply_comments([finding(2)], given).used
    assert [(use.suppression.line, use.code) for use in used] == [(2, "FRZ101")]


def test_each_code_of_a_comment_is_used_by_itself() -> None:
    given = suppressions("one  # freezelint: ignore[FRZ1, FRZ301, FRZ101]\n# freezelint: ignore-file\n")
    used = apply_comments([finding(1)], given).used
    assert {(use.suppression.line, use.code) for use in used} == {(1, "FRZ1"), (1, "FRZ101"), (2, "")}


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("tests/*", "/project/tests/a.py", True),
        ("tests/", "/project/tests/deep/a.py", True),
        ("*_old.py", "/project/any/where_old.py", True),
        ("/a.py", "/project/sub/a.py", False),
        ("tests/*", "/elsewhere/tests/a.py", False),
    ],
)
def test_ignores_per_file(pattern: str, path: str, expected: bool) -> None:
    ignores = FileIgnores(Settings(root="/project", per_file_ignores={"*.txt": ("FRZ101",), pattern: ("FRZ1",)}))
    assert ignores.silences(finding(1), path) is expected
    assert not ignores.silences(finding(1, "FRZ201", "optimizer-of-all-parameters"), path)
