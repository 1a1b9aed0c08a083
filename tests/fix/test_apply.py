"""Edits in the bytes of files: encodings, line endings, and that nothing else changes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freezelint.core.findings import Confidence, Edit, Finding, Fix, Safety, Severity
from freezelint.core.spans import Span
from freezelint.fix.apply import CannotApply, choose, edited


def edit(line: int, column: int, end_line: int, end_column: int, text: str, path: str = "a.py") -> Edit:
    return Edit(Span(path, line, column, end_line, end_column), text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a = 1\nb = 2\n", b"a = 1\nb = 3\nc\n"),
        (b"a = 1\r\nb = 2\r\n", b"a = 1\r\nb = 3\r\nc\r\n"),
        (b"a = 1\nb = 2\r\nx\n", b"a = 1\nb = 3\r\nc\r\nx\n"),
        (b"a = 1\rb = 2\r", b"a = 1\rb = 3\rc\r"),
        (b"a = 1\nb = 2", b"a = 1\nb = 3\nc"),
        (codecs.BOM_UTF8 + b"a = 1\r\nb = 2", codecs.BOM_UTF8 + b"a = 1\r\nb = 3\r\nc"),
        ("# coding: latin-1\nb = 2 # é\n".encode("latin-1"), "# coding: latin-1\nb = 3\nc # é\n".encode("latin-1")),
        ("é = '日本'\nb = 2 # \f\v\x1c\n".encode(), "é = '日本'\nb = 3\nc # \f\v\x1c\n".encode()),
    ],
)
def test_the_file_keeps_its_ways(before: bytes, after: bytes) -> None:
    assert edited(before, [edit(2, 5, 2, 6, "3\nc")]) == after


def test_what_the_encoding_lacks_cannot_be_written() -> None:
    data = b"# coding: latin-1\nb = 2\n"
    with pytest.raises(CannotApply, match=r"cannot be written as iso8859-1|latin-1"):
        edited(data, [edit(2, 5, 2, 6, "'日'")])


def test_what_would_not_survive_unchanged_is_not_written() -> None:
    data = b"# coding: utf-7\nx = '+AGE-'\nb = 2\n"
    with pytest.raises(CannotApply, match="unchanged"):
        edited(data, [edit(3, 5, 3, 6, "3")])


LINES = st.lists(st.text(st.sampled_from("ab é\t\f日"), max_size=6), min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(LINES, ENDS, st.data())
def test_all_outside_the_edits_stays(lines: list[str], end: str, data: st.DataObject) -> None:
    text = "\n".join(lines)
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(places[::2], places[1::2], strict=False))

    def place(offset: int) -> tuple[int, int]:
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    edits = [edit(*place(start), *place(stop), f"<{number}>") for number, (start, stop) in enumerate(pairs)]
    wanted, last = "", 0
    for number, (start, stop) in enumerate(pairs):
        wanted += text[last:start] + f"<{number}>"
        last = stop
    wanted = (wanted + text[last:]).replace("\n", end)
    assert edited(text.replace("\n", end).encode(), edits) == wanted.encode()


# --- which fixes go together -------------------------------------------------------------------------------------


def finding(*edits: Edit, safety: Safety = Safety.SAFE) -> Finding:
    return Finding(
        "FRZ101", "x", Severity.ERROR, Confidence.CERTAIN, "x", edits[0].span, fix=Fix("x", safety, edits)
    )  # fmt: skip


SAFE = (Safety.SAFE,)


def test_disjoint_fixes_go_together_and_overlapping_ones_wait() -> None:
    first, second = finding(edit(1, 1, 1, 5, "a")), finding(edit(1, 5, 1, 9, "b"))
    third, both = finding(edit(1, 4, 1, 6, "c")), finding(edit(2, 1, 2, 2, "d"), edit(1, 8, 1, 10, "e"))
    chosen = choose([first, second, third, both], allowed=SAFE, files=["a.py"])
    assert chosen.findings == (first, second)
    assert chosen.edits == {"a.py": (first.fix.edits[0], second.fix.edits[0])}  # type: ignore[union-attr]


def test_two_insertions_at_one_place_wait_for_each_other() -> None:
    first, second = finding(edit(3, 1, 3, 1, "a\n")), finding(edit(3, 1, 3, 1, "b\n"))
    assert choose([first, second], allowed=SAFE, files=["a.py"]).findings == (first,)


def test_the_same_edit_mends_both() -> None:
    first, second = finding(edit(3, 1, 3, 1, "a\n")), finding(edit(3, 1, 3, 1, "a\n"))
    chosen = choose([first, second], allowed=SAFE, files=["a.py"])
    assert chosen.findings == (first, second)
    assert len(chosen.edits["a.py"]) == 1


def test_only_what_is_allowed_is_touched() -> None:
    unsafe = finding(edit(1, 1, 1, 2, "a"), safety=Safety.UNSAFE)
    shown = finding(edit(1, 1, 1, 2, "a"), safety=Safety.DISPLAY)
    elsewhere = finding(edit(5, 1, 5, 2, "a"), edit(1, 1, 1, 2, "a", "other.py"))
    in_cell = finding(Edit(Span("a.py", 1, 1, 1, 2, cell=1), "a"))
    assert choose([unsafe, shown, elsewhere, in_cell], allowed=SAFE, files=["a.py"]).edits == {}
    assert choose([unsafe], allowed=(*SAFE, Safety.UNSAFE), files=["a.py"]).findings == (unsafe,)
