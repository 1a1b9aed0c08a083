"""Fingerprints: the same for the same mistake, wherever it has moved."""

from __future__ import annotations

import msgspec

from freezelint.core.findings import Confidence, Finding, Severity
from freezelint.core.spans import Span
from freezelint.run.fingerprint import with_fingerprints


def marks(source: str, *lines: int, path: str = "a.py", cwd: str = "/p", code: str = "FRZ101") -> list[str]:
    findings = [
        Finding(code, "n", Severity.ERROR, Confidence.CERTAIN, "m", Span(path, line, 1, line, 5)) for line in lines
    ]
    return [one.fingerprint for one in with_fingerprints(findings, {path: source}, root="/p", cwd=cwd)]


def test_moving_indenting_and_rewording_change_nothing() -> None:
    before = marks("freeze(m)\n", 1)
    assert before == marks("import x\n\nif y:\n    freeze(m)\n", 4)
    assert before == marks("freeze(m)  \n", 1)
    reworded = msgspec.structs.replace(
        Finding("FRZ101", "n", Severity.INFO, Confidence.POSSIBLE, "other words", Span("a.py", 1, 3, 1, 5))
    )
    assert with_fingerprints([reworded], {"a.py": "freeze(m)"}, root="/p", cwd="/p")[0].fingerprint == before[0]


def test_another_line_code_or_file_is_another_finding() -> None:
    others = [*marks("freeze(n)", 1), *marks("freeze(m)", 1, code="FRZ102"), *marks("freeze(m)", 1, path="b.py")]
    assert len({*marks("freeze(m)", 1), *others}) == 4


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
