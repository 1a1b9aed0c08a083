"""Notebooks as text: magics, places, and edits that leave every other byte alone."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freezelint.core.spans import Span
from freezelint.source.comment_edits import LineEdit, applied
from freezelint.source.files import SourceFile, UnreadableSource
from freezelint.source.magics import plain_python
from freezelint.source.notebooks import CannotEdit, edited_notebook, source_of_notebook


def code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: object, **more: object) -> dict[str, object]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def read(document: object) -> SourceFile:
    return source_of_notebook(json.dumps(document).encode(), "n.ipynb")


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("x = 1\ny = x % 2", "x = 1\ny = x % 2"),
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("!pip install torch \\\n  timm\nx = 1", "\n\nx = 1"),
        ("if x:\n    !ls\ny", "if x:\n    pass\ny"),
        ("files = !ls *.pt\nx", "files = get_ipython()\nx"),
        ("a.b[0], c = %sql x", "a.b[0], c = get_ipython()"),
        ("model?\nmodel.fc??\n?model\n%time?", "\n\n\n"),
        ("model.fc?  # what is it", ""),
        ("%time model.eval()", "pass; model.eval()"),
        ("  %time model.eval(\n  1)", "  pass; model.eval(\n  1)"),
        ("%time", ""),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%capture out\n%time x\ny", "\n\npass; x\ny"),
        ("%%bash\nrm -r x\n", "\n\n"),
        ("%%writefile a.py\nmodel.train()", "\n"),
        ('s = """\n%time x\n!ls\nwhat?\n"""\n%time x', 's = """\n%time x\n!ls\nwhat?\n"""\npass; x'),
        ("f(a\n% b)\n%ls", "f(a\n% b)\n"),
        ("x = a \\\n% b", "x = a \\\n% b"),
        ("# why?\nx = 1  # 5 = %d", "# why?\nx = 1  # 5 = %d"),
        ('x = "a = !b"', 'x = "a = !b"'),
        ("if a != b: pass\nx == y", "if a != b: pass\nx == y"),
        ("", ""),
    ],
)
def test_what_only_ipython_knows_is_left_out(cell: str, python: str) -> None:
    assert plain_python(cell) == python
    ast.parse(python.replace("  pass", "pass") if cell.startswith("  ") else python)


@given(st.lists(st.sampled_from(["%time x", "!ls \\", "y = (", ")", "'''", "x?", "%%bash", "z = %a", "", "  !a"])))
def test_lines_stay_lines(lines: list[str]) -> None:
    cell = "\n".join(lines)
    assert plain_python(cell).count("\n") == cell.count("\n")


def test_cells_make_one_text_and_know_their_lines() -> None:
    file = read(notebook({"cell_type": "markdown", "source": "x"}, code(["a = 1\n", "b"]), code("%%sh\nls"), code("c")))
    assert file.text == "a = 1\nb\n\n\n\n\nc\n"
    assert file.notebook is not None
    assert [(cell.number, cell.first_line, cell.text) for cell in file.notebook.cells] == [
        (2, 1, "a = 1\nb"),
        (3, 4, "%%sh\nls"),
        (4, 7, "c"),
    ]
    for line, (cell, inside) in {1: (2, 1), 2: (2, 2), 4: (3, 1), 7: (4, 1)}.items():
        span = Span("n.ipynb", line, 1, line, 2)
        placed = file.notebook.in_cell(span)
        assert placed == Span("n.ipynb", inside, 1, inside, 2, cell)
        assert file.notebook.in_text(placed) == span
        assert file.notebook.in_cell(placed) == placed
    # The empty line that ends a cell is none of its own.
    assert file.notebook.in_cell(Span("n.ipynb", 2, 1, 3, 1)) == Span("n.ipynb", 2, 1, 2, 2, 2)


def test_each_line_knows_its_line_of_the_file() -> None:
    listed = json.dumps(notebook(code(["a\n", "é\n", "b"])), indent=1)
    file = source_of_notebook(listed.encode(), "n.ipynb")
    assert file.notebook is not None
    written = listed.split("\n")
    shown = [written[(file.notebook.file_line(line) or 0) - 1].strip() for line in (1, 2, 3)]
    assert shown == ['"a\\n",', '"\\u00e9\\n",', '"b"']
    single = source_of_notebook(json.dumps(notebook(code("a\nb")), indent=1).encode(), "n.ipynb").notebook
    assert single is not None
    assert single.file_line(1) == single.file_line(2)


def test_format_3_has_sheets_and_inputs() -> None:
    cell = {"cell_type": "code", "language": "python", "input": ["x = 1\n", "y"], "outputs": []}
    other = cell | {"language": "R"}
    file = read({"nbformat": 3, "worksheets": [{"cells": [cell]}, {"cells": [other, cell]}]})
    assert file.text == "x = 1\ny\n\nx = 1\ny\n"
    assert file.notebook is not None
    assert [cell.number for cell in file.notebook.cells] == [1, 3]


@pytest.mark.parametrize(
    "metadata",
    [{"language_info": {"name": "R"}}, {"kernelspec": {"language": "julia"}}],
)
def test_other_languages_are_no_part_of_the_text(metadata: object) -> None:
    assert read(notebook(code("x <- 1"), metadata=metadata)).text == ""


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "the notebook is empty", 1),
        (b"{", "the notebook is no JSON: expecting property name enclosed in double quotes", 1),
        (b'{\n"cells": [\n<<<<<<< HEAD\n', "the notebook is no JSON: expecting value", 3),
        (b"[]", "the notebook is no JSON object", 1),
        (b"{}", "the notebook has no list of cells", 1),
        (b'{"cells": [1]}', "cell 1 of the notebook is no JSON object", None),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "the source of cell 1 of the notebook is no text", None),
        (b'{"cells": ' + b"[" * 5000 + b"]" * 5000 + b"}", None, None),
        (b'{"cells": ' + b"[" * 300 + b"]" * 300 + b"}", "the notebook is nested too deeply", None),
        (b'{"cells": []}\xff', "byte 0xff is not valid utf-8", 1),
    ],
)
def test_a_broken_notebook_is_told_in_a_line(data: bytes, message: str | None, line: int | None) -> None:
    with pytest.raises(UnreadableSource) as raised:
        source_of_notebook(data, "n.ipynb")
    assert "\n" not in raised.value.message
    if message is not None:
        assert (raised.value.message, raised.value.line) == (message, line)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_notebooks_are_read_or_refused(data: st.DataObject) -> None:
    document = notebook(code(["a\n", "b\ud83d"]), {"cell_type": "markdown", "source": "x"}, zz=[1, -2.5e3, None, True])
    text = json.dumps(document, indent=data.draw(st.sampled_from([None, 1])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", '"', "{", "]", "\\", "\n", ",", "1", "null", "\x00", "é"]))
            + text[at + cut :]
        )
    try:
        file = source_of_notebook(text.encode(), "n.ipynb")
    except UnreadableSource as error:
        assert "\n" not in error.message
    else:
        assert file.notebook is not None


# --- edits -----------------------------------------------------------------------------------------------------------

LINES = st.lists(st.sampled_from(["x = 1", "é = '\\n'", "", 's = "\\\\n"', "\t# \U0001f600", "b"]), min_size=1)


@st.composite
def cells(draw: st.DrawFn) -> object:
    text = draw(st.sampled_from(["\n", "\r\n"])).join(draw(LINES))
    match draw(st.integers(0, 2)):
        case 0:
            return code(text)
        case 1:
            return code(text.splitlines(keepends=True), outputs=[{"text": ["model.train()\n"], "b": 1.50}])
        case _:
            middle = len(text) // 2
            return code([text[:middle], text[middle:]])


@st.composite
def edits(draw: st.DrawFn, text: str) -> LineEdit:
    """An edit of one or two neighbouring lines of the text."""
    lines = text.split("\n")
    first = draw(st.integers(1, len(lines)))
    last = min(draw(st.integers(first, first + 1)), len(lines))
    column = draw(st.integers(1, len(lines[first - 1]) + 1))
    end_column = draw(st.integers(column if first == last else 1, len(lines[last - 1]) + 1))
    return LineEdit(first, column, last, end_column, draw(st.sampled_from(["", "é", "a\n", '"\n\\"', "b"])))


def without_sources(document: Any) -> object:
    for cell in document["cells"]:
        cell.pop("source", None)
    return document


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_an_edit_changes_its_cell_as_it_changes_the_text(data: st.DataObject) -> None:
    document = notebook(*data.draw(st.lists(cells(), min_size=1, max_size=4)), zz=[1e5])
    style: dict[str, Any] = {
        "indent": data.draw(st.sampled_from([None, 1, 2])), "ensure_ascii": data.draw(st.booleans()),
    }  # fmt: skip
    before = (json.dumps(document, **style) + data.draw(st.sampled_from(["", "\n"]))).encode()
    text = source_of_notebook(before, "n.ipynb").text
    edit = data.draw(edits(text))
    try:
        after = edited_notebook(before, [edit])
    except CannotEdit:
        whole = source_of_notebook(before, "n.ipynb").notebook
        cell = whole.cell_at(edit.line) if whole is not None else None
        assert whole is not None and cell is not None
        # A list without strings has no place to write into.
        assert cell is not whole.cell_at(edit.end_line) or not cell.text
        return
    new = json.loads(after)
    assert without_sources(new) == without_sources(json.loads(before))
    # An emptied cell keeps its lines.
    changed = source_of_notebook(after, "n.ipynb").text
    assert [line for line in changed.split("\n") if line] == [
        line for line in applied(text, [edit]).split("\n") if line
    ]


def test_only_the_changed_string_changes() -> None:
    document = notebook(code(["a = 'é'\n", "b = 1\n", "c"], outputs=[{"data": {"image": "x" * 50}}]), code("d\ne"))
    before = json.dumps(document, indent=3, sort_keys=True).encode() + b"\n\n"
    after = edited_notebook(before, [LineEdit(2, 5, 2, 6, "22"), LineEdit(6, 1, 6, 2, "'ü'")])
    assert after == before.replace(b'"b = 1\\n"', b'"b = 22\\n"').replace(b'"d\\ne"', b"\"d\\n'\\u00fc'\"")


@pytest.mark.parametrize(
    ("edit", "source"),
    [
        (LineEdit(2, 1, 3, 1, ""), ["a"]),
        (LineEdit(1, 1, 2, 1, ""), ["b"]),
        (LineEdit(3, 1, 3, 1, "c\n"), ["a\n", "b\n", "c"]),
        (LineEdit(2, 2, 2, 2, "\nc"), ["a\n", "b\n", "c"]),
        (LineEdit(1, 1, 1, 1, "c\n"), ["c\n", "a\n", "b"]),
        (LineEdit(2, 1, 3, 1, "c\nd\n"), ["a\n", "c\n", "d"]),
    ],
)
def test_lines_of_a_list_stay_strings_of_their_own(edit: LineEdit, source: list[str]) -> None:
    for indent in (None, 1, 4):
        before = json.dumps(notebook(code(["a\n", "b"]), code("x")), indent=indent)
        after = edited_notebook(before.encode(), [edit]).decode()
        expected = json.dumps(notebook(code(source), code("x")), indent=indent)
        assert after == expected


def test_a_byte_order_mark_and_line_ends_are_kept() -> None:
    before = b"\xef\xbb\xbf" + json.dumps(notebook(code(["a\n", "b"])), indent=1).replace("\n", "\r\n").encode()
    after = edited_notebook(before, [LineEdit(1, 1, 1, 2, "z\ny")])
    assert after == before.replace(b'"a\\n"', b'"z\\n",\r\n    "y\\n"')


def test_an_edit_over_two_cells_is_refused() -> None:
    with pytest.raises(CannotEdit):
        edited_notebook(json.dumps(notebook(code("a"), code("b"))).encode(), [LineEdit(1, 1, 3, 2, "x")])
