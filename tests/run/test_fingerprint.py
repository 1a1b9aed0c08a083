"""Fingerprints: the same for the same mistake, wherever it has moved and however it is formatted."""

from __future__ import annotations

import msgspec
import pytest

from freezelint.core.findings import Confidence, Finding, Severity
from freezelint.core.spans import Span
from freezelint.run.fingerprint import content_of, with_fingerprints


def found(span: Span, code: str = "FRZ101") -> Finding:
    return Finding(code, "n", Severity.ERROR, Confidence.CERTAIN, "m", span)


def marks(source: str, *lines: int, path: str = "a.py", cwd: str = "/p", code: str = "FRZ101") -> list[str]:
    """The fingerprints of findings on the code of whole lines."""
    text = source.split("\n")
    spans = [
        Span(path, line, len(text[line - 1]) - len(text[line - 1].lstrip()) + 1, line, len(text[line - 1]) + 1)
        for line in lines
    ]
    findings = [found(span, code) for span in spans]
    return [one.fingerprint for one in with_fingerprints(findings, {path: source}, root="/p", cwd=cwd)]


def content(text: str) -> str:
    lines = text.split("\n")
    return content_of(Span("a.py", 1, 1, len(lines), len(lines[-1]) + 1), text)


def test_moving_indenting_and_rewording_change_nothing() -> None:
    before = marks("freeze(m)\n", 1)
    assert before == marks("import x\n\nif y:\n    freeze(m)\n", 4)
    assert before == marks("freeze(m)  \n", 1)
    reworded = msgspec.structs.replace(
        found(Span("a.py", 1, 1, 1, 10)), severity=Severity.INFO, confidence=Confidence.POSSIBLE, message="other words"
    )
    assert with_fingerprints([reworded], {"a.py": "freeze(m)"}, root="/p", cwd="/p")[0].fingerprint == before[0]


def test_only_the_code_of_the_finding_counts() -> None:
    for source, column in (("x = f(freeze(m), a)", 7), ("y = g(freeze(m), b)  # why", 7), ("freeze(m)", 1)):
        span = Span("a.py", 1, column, 1, column + 9)
        (one,) = with_fingerprints([found(span)], {"a.py": source}, root="/p", cwd="/p")
        assert [one.fingerprint] == marks("freeze(m)", 1)


def test_another_line_code_or_file_is_another_finding() -> None:
    others = [*marks("freeze(n)", 1), *marks("freeze(m)", 1, code="FRZ102"), *marks("freeze(m)", 1, path="b.py")]
    assert len({*marks("freeze(m)", 1), *others}) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "o = SGD([p for p in m if p.f], lr=0.1, n='x')",
            'o = SGD(\n    [p for p in m if p.f],  # all\n    lr=0.1, n="x",\n)',
        ),
        ("a.b.c().d = e and f", "a.b.c().d = (\n    e\n    and f\n)"),
        ("m.requires_grad = a or \\\n  b", "m.requires_grad = a or b"),
        ("f( a,b )", "f(a, b)"),
        ("x = u'it\\'s'", 'x = "it\'s"'),
        ("x = R'a' + B'b'", 'x = r"a" + b"b"'),
        ("del (a, b)", "del a, b"),
        ("f('#no comment')", 'f("#no comment")'),
        ('"""a"""', "'''a'''"),
        ("a;", "a"),
    ],
)
def test_formatting_changes_nothing(before: str, after: str) -> None:
    assert content(before) == content(after)


@pytest.mark.parametrize(
    ("one", "other"),
    [("f(a)", "f(b)"), ("f('a b')", "f('ab')"), ("a == b", "a = b"), ("ab", "a b"), ("x = 'y'", "x = y")],
)
def test_other_code_is_not_the_same(one: str, other: str) -> None:
    assert content(one) != content(other)


def test_equal_lines_are_told_apart_by_their_order() -> None:
    first, second = marks("freeze(m)\nx\nfreeze(m)\n", 1, 3)
    assert first != second
    assert marks("x\nfreeze(m)\nfreeze(m)\n", 2, 3) == [first, second]


def test_the_folder_it_was_run_from_does_not_matter() -> None:
    assert marks("x", 1, path="sub/a.py") == marks("x", 1, path="a.py", cwd="/p/sub")
    assert marks("x", 1, path="sub/a.py") == marks("x", 1, path="/p/sub/a.py", cwd="/else")


def test_they_are_short_and_hexadecimal() -> None:
    (mark,) = marks("x", 1)
    assert len(mark) == 16
    int(mark, 16)


def test_a_span_beyond_the_source_is_no_error() -> None:
    assert content_of(Span("a.py", 9, 1, 9, 2), "x") == ""
