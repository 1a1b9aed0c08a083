"""Suppression comments: their forms, what they cover, and what only looks like one."""

from __future__ import annotations

import pytest

from freezelint.source.comments import Suppression, suppressions


def only(text: str) -> Suppression:
    (found,) = suppressions(text)
    return found


@pytest.mark.parametrize(
    ("comment", "kind", "codes", "reason", "style"),
    [
        ("# freezelint: ignore", "line", (), "", "freezelint"),
        ("#freezelint:ignore", "line", (), "", "freezelint"),
        ("# freezelint: ignore[FRZ101]", "line", ("FRZ101",), "", "freezelint"),
        ("# freezelint: ignore[FRZ101, frz301] the head is new", "line", ("FRZ101", "FRZ301"), "the head is new",
         "freezelint"),
        ("# freezelint: ignore it is meant", "line", (), "it is meant", "freezelint"),
        ("# freezelint: ignore-next-line[FRZ101] why", "next-line", ("FRZ101",), "why", "freezelint"),
        ("# freezelint: ignore-next-line", "next-line", (), "", "freezelint"),
        ("# freezelint: ignore-file[FRZ101]", "file", ("FRZ101",), "", "freezelint"),
        ("# freezelint: ignore-file", "file", (), "", "freezelint"),
        ("# noqa", "line", (), "", "noqa"),
        ("# NOQA", "line", (), "", "noqa"),
        ("#noqa:FRZ101", "line", ("FRZ101",), "", "noqa"),
        ("# noqa: FRZ101,E501", "line", ("FRZ101",), "", "noqa"),
        ("# noqa: E501 FRZ101", "line", ("FRZ101",), "", "noqa"),
        ("# type: ignore  # noqa: frz201", "line", ("FRZ201",), "", "noqa"),
    ],
)  # fmt: skip
def test_forms(comment: str, kind: str, codes: tuple[str, ...], reason: str, style: str) -> None:
    found = only(comment + "\nx = 1\n")
    assert (found.kind, found.codes, found.reason, found.style) == (kind, codes, reason, style)


@pytest.mark.parametrize(
    "text",
    [
        "x = '# freezelint: ignore'",
        'x = """\n# freezelint: ignore\n# noqa\n"""',
        "# freezelint: ignored",
        "# freezelint: ignore-nothing",
        "# freezelint: ignore[]",
        "# freezelint: ignore[FRZ101",
        "x = 1  # freezelint: ignore-file",
        "# flake8: noqa",
        "# noqa: E501",
        "# noqa: E501, F401",
        "# noqa-ish",
        "# noqa: somewhere",
        "freezelint: ignore",
        "",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert suppressions(text) == ()


def test_place() -> None:
    found = only("x = 'ü'  # type: ignore  # freezelint: ignore[FRZ101] why  \n")
    assert (found.line, found.column, found.end_column) == (1, 26, 58)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("a\nf(\n    1,\n)  # noqa\nb", (2, 4), id="on the last line of a call"),
        pytest.param("a\nf(  # noqa\n    1,\n)\nb", (2, 4), id="on its first"),
        pytest.param("a\nf(\n    # noqa\n    1,\n)\nb", (2, 5), id="in its middle"),
        pytest.param("x = '''\na\n'''  # noqa", (1, 3), id="after a long string"),
        pytest.param("x = 1 + \\\n    2  # noqa", (1, 2), id="after a joined line"),
        pytest.param("a\n# noqa\nb", (2, 2), id="alone: itself only"),
        pytest.param("for p in q:  # noqa\n    p.x = 1\n", (1, 1), id="a header is not its body"),
        pytest.param("for p in q:\n    p.x = 1  # noqa\n", (2, 2), id="nor a body its header"),
        pytest.param("a\r\nf(\r\n)  # noqa\r\n", (2, 3), id="crlf"),
        pytest.param("x = 1  # noqa", (1, 1), id="no line end"),
        pytest.param(")\nx = 1  # noqa", (2, 2), id="broken brackets"),
        pytest.param("a\n# freezelint: ignore-next-line\n\n# more\nf(\n)\nb", (5, 6), id="next statement"),
        pytest.param("if a:\n    # freezelint: ignore-next-line\n    b\nc", (3, 3), id="next, indented"),
        pytest.param("a  # freezelint: ignore-next-line\nb", (2, 2), id="next, from the line before"),
        pytest.param("a\n# freezelint: ignore-next-line\n", (0, 0), id="nothing below"),
        pytest.param("a\n    # freezelint: ignore-file\nb", (1, 3), id="file"),
    ],
)
def test_lines_covered(text: str, lines: tuple[int, int]) -> None:
    found = only(text)
    assert (found.first_line, found.last_line) == lines


def test_two_in_one_comment_and_order() -> None:
    text = "a  # freezelint: ignore[FRZ101] why  # noqa: FRZ102\n# freezelint: ignore-next-line\nb  # noqa\n"
    found = suppressions(text)
    assert [(each.line, each.style, each.reason) for each in found] == [
        (1, "freezelint", "why"),
        (1, "noqa", ""),
        (2, "freezelint", ""),
        (3, "noqa", ""),
    ]
