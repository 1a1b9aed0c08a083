"""The fast split into top-level statements agrees with `ast`."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

import pytest

from freezelint.source.outline import Chunk, ChunkKind, outline
from tests.source.stdlib import LIBRARY, stdlib_files

FILES = stdlib_files(150, largest=20)


def only(text: str) -> Chunk:
    (chunk,) = outline(text)
    return chunk


def expected(text: str) -> list[tuple[int, int]]:
    """First and last lines of the top-level statements, those that share a line joined."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    found: list[tuple[int, int]] = []
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(each.lineno for each in decorators)])
        last = node.end_lineno or first
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(*file, id=str(file[0].relative_to(LIBRARY))) for file in FILES]
)
def test_the_library_is_split_as_ast_splits_it(path: Path, text: str) -> None:
    chunks = outline(text)
    assert [(chunk.first_line, chunk.last_line) for chunk in chunks] == expected(text)
    lines = text.split("\n")
    for chunk in chunks:
        assert chunk.text == "\n".join(lines[chunk.first_line - 1 : chunk.last_line])


def test_names_and_members_in_the_library_are_those_of_ast() -> None:
    for path, text in FILES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        chunks = {chunk.first_line: chunk for chunk in outline(text)}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
                chunk = chunks[node.lineno]
                assert chunk.names == (node.name,), path
                own = [each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
                methods = own if isinstance(node, ast.ClassDef) else []
                assert chunk.members == tuple(dict.fromkeys(methods)), (path, node.name)


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("def f():\n    pass", "function", ("f",)),
        ("async  def f(): pass", "function", ("f",)),
        ("@a\n# why\n@b(\n1,\n)\n\ndef f():\n    pass", "function", ("f",)),
        ("@dataclass\nclass C:\n    x: int", "class", ("C",)),
        ("import a.b, c as d", "import", ("a", "d")),
        ("from . import a, b as c", "import", ("a", "c")),
        ("from x import (  # why\n    a,\n    b as c,  # d\n)", "import", ("a", "c")),
        ("from x import *", "import", ("*",)),
        ("from x import \\\n    a, \\\n    b", "import", ("a", "b")),
        ("x = 1", "assign", ("x",)),
        ("x: int = 1", "assign", ("x",)),
        ("x: Dict[str, int]", "assign", ("x",)),
        ("x = y = 1", "assign", ("x", "y")),
        ("x = y[0] = 1", "assign", ("x",)),
        ("x = (y, z) = 1, 2", "assign", ("x", "y", "z")),
        ("a, (b, *c) = f(d=1)", "assign", ("a", "b", "c")),
        ("x = a == b", "assign", ("x",)),
        ("x = f(a=1)", "assign", ("x",)),
        ("try: x = 1\nexcept E: x, y = 2, 3", "statement", ("x", "y")),
        ("x == y", "statement", ()),
        ("x.y = 1", "assign", ()),
        ("x += 1", "statement", ("x",)),
        ("x = 1; y = 2", "assign", ("x", "y")),
        ("x = 1; f()", "statement", ("x",)),
        ("import a; import b", "import", ("a", "b")),
        ("try:\n    import a\nexcept E as e:\n    a = 1\nelse:\n    b = 1\nfinally:\n    c", "statement", ("a", "b")),
        ("if x:\n    def f(): y = 1\nelif z:\n    class C: w = 1\nelse:\n    (v := 1)", "statement", ("f", "C", "v")),
        ("for i, j in k:\n    print([l for l in i])", "statement", ("i", "j")),
        ("with a as b, c as (d, e): pass", "statement", ("b", "d", "e")),
        ("match x:\n    case {'a': b, **c}: pass\n    case [d, *e] as f: pass", "statement", ("b", "c", "f", "d", "e")),
        ('"""doc\n\ndef f(): pass\n"""', "statement", ()),
    ],
)  # fmt: skip
def test_kind_and_names(text: str, kind: str, names: tuple[str, ...]) -> None:
    chunk = only(text)
    assert (chunk.kind, chunk.text) == (ChunkKind(kind), text)
    assert set(chunk.names) == set(names)
    assert len(chunk.names) == len(names)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("class A:\n    '''\n    def no(self): pass\n    '''\n\n    @p\n    def f(self):\n        def g(): pass\n"
         "    async def h(self): pass\n    @f.setter\n    def f(self): pass", ("f", "h")),
        ("class A(\n    B,\n    x={1: 2},\n):  # why\n\n    # what\n    class In:\n        def no(self): pass\n"
         "    def f(self): pass", ("f",)),
        ("class A: pass", ()),
        ("@d\nclass A(B):\n\tx = 1\n\tdef f(self): pass", ("f",)),
    ],
)  # fmt: skip
def test_members(text: str, members: tuple[str, ...]) -> None:
    assert only(text).members == members


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("# only\n\n# comments", [], id="comments only"),
        pytest.param("\n\nx = 1\n\n# c\ny = 2\n", [(3, 3), (6, 6)], id="gaps"),
        pytest.param("x = [\n1,\n2,\n]\ny = 1", [(1, 4), (5, 5)], id="column one in brackets"),
        pytest.param("x = [')',\n1,\n(2),\n]\ny = 1", [(1, 4), (5, 5)], id="brackets in strings"),
        pytest.param("x = '\\\ny = 1'\nz = 2", [(1, 2), (3, 3)], id="joined string"),
        pytest.param("x = 1 + \\\n2\ny = 1", [(1, 2), (3, 3)], id="joined line"),
        pytest.param("x = 1  # c \\\ny = 1", [(1, 1), (2, 2)], id="backslash in a comment"),
        pytest.param("'\"\"\"'\ny = 1  # '''\nz = '''\nw = 1\n'''\nv", [(1, 1), (2, 2), (3, 5), (6, 6)], id="quotes"),
        pytest.param('x = r"""\\"""\ny = """\na\n"""', [(1, 4)], id="raw strings end late"),
        pytest.param("def f():\n    pass\n# end\n\n    # end\nx = 1", [(1, 2), (6, 6)], id="comments after"),
        pytest.param("x = '''\n# no comment\n'''\n# comment", [(1, 3)], id="a comment in a string stays"),
        pytest.param("\fdef f():\n    pass\n\f\nx = 1", [(1, 2), (4, 4)], id="form feeds"),
        pytest.param("x = 1\r\ny = '''\r\n'''\r\nz = 2\r\n", [(1, 1), (2, 3), (4, 4)], id="crlf"),
        pytest.param("\ufeffx = 1\ny = 2", [(1, 1), (2, 2)], id="mark"),
        pytest.param("ä = 1\nelsewhere = 2\nexcepting = 3", [(1, 1), (2, 2), (3, 3)], id="words like clauses"),
        pytest.param("x = (1\ny = 2", [(1, 2)], id="broken: one chunk"),
        pytest.param("x = '''", [(1, 1)], id="unclosed string: one chunk"),
        pytest.param("x = '\0'", [(1, 1)], id="null byte"),
    ],
)  # fmt: skip
def test_lines(text: str, lines: list[tuple[int, int]]) -> None:
    assert [(chunk.first_line, chunk.last_line) for chunk in outline(text)] == lines


def test_a_broken_statement_does_not_hide_the_others() -> None:
    chunks = outline("def f():\n    return return\n\ndef g():\n    pass\n")
    assert [chunk.names for chunk in chunks] == [("f",), ("g",)]


def test_long_lists_at_column_one_take_linear_time() -> None:
    text = "x = [\n" + "1,\n" * 50_000 + "]\n"
    assert [(chunk.first_line, chunk.last_line) for chunk in outline(text)] == [(1, 50_002)]
