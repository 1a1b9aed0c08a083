"""Where nodes are said to stand, against `ast`, against LibCST, and by eye."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from freezelint.source import ir, lowering
from freezelint.source.lowering import lower
from tests.source.sketches import cut, walk
from tests.source.stdlib import LIBRARY, stdlib_files

FILES = [pytest.param(*file, id=str(file[0].relative_to(LIBRARY))) for file in stdlib_files(40, largest=1)]
# LibCST's own positions are slow: small files only.
FEW = [file for file in FILES if len(str(file.values[1])) < 60_000][::4]
Place = tuple[str, int, int, int, int]

# Not lowered: the message of an assertion, the cause of an exception, format specifications, patterns.
SKIPPED = {(ast.Assert, "msg"), (ast.Raise, "cause"), (ast.FormattedValue, "format_spec"), (ast.match_case, "pattern")}
SIMPLE: dict[type, str] = {
    ast.Call: "Call", ast.Attribute: "Attribute", ast.Name: "Name", ast.Subscript: "Subscript", ast.Compare: "Compare",
    ast.Lambda: "Lambda", ast.Dict: "DictDisplay", ast.BinOp: "Binary", ast.IfExp: "Conditional", ast.Slice: "Slice",
    ast.Assign: "Assign", ast.AnnAssign: "Assign", ast.AugAssign: "AugmentedAssign", ast.Return: "Return",
    ast.Raise: "Raise", ast.Expr: "ExpressionStatement", ast.Import: "Import", ast.ImportFrom: "ImportFrom",
    ast.Delete: "Delete", ast.Assert: "Assert", ast.Global: "Scope", ast.Nonlocal: "Scope", ast.Pass: "Jump",
    ast.Break: "Jump", ast.Continue: "Jump", ast.arg: "Parameter", ast.JoinedStr: "FormattedString",
    ast.ListComp: "Comprehension", ast.SetComp: "Comprehension", ast.DictComp: "Comprehension",
    ast.GeneratorExp: "Comprehension", ast.List: "Sequence", ast.Set: "Sequence",
}  # fmt: skip


def parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def by_ast(text: str) -> Counter[Place]:
    """The places of the nodes that are lowered one to one, columns in characters."""
    lines = text.split("\n")

    def character(line: int, column: int) -> int:
        return len(lines[line - 1].encode()[:column].decode()) + 1

    found: Counter[Place] = Counter()
    for node in ast_nodes(parsed(text)):
        if type(node) in SIMPLE and isinstance(node, ast.expr | ast.stmt | ast.arg):
            end_line, end_column = node.end_lineno or 0, node.end_col_offset or 0
            column = character(node.lineno, node.col_offset)
            found[SIMPLE[type(node)], node.lineno, column, end_line, character(end_line, end_column)] += 1
    return found


def ast_nodes(root: ast.AST) -> Iterator[ast.AST]:
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if (type(node), name) not in SKIPPED:
                pending.extend(each for each in (value if isinstance(value, list) else [value]) if _is_node(each))


def _is_node(value: object) -> bool:
    return isinstance(value, ast.AST)


@pytest.mark.parametrize(("path", "text"), FILES)
def test_every_node_of_the_library_is_lowered_and_stands_where_ast_says(path: Path, text: str) -> None:
    found = Counter(
        (type(node).__name__, at.line, at.column, at.end_line, at.end_column)
        for node in walk(lower(text))
        if isinstance(at := getattr(node, "at", None), ir.Position)
        and type(node).__name__ in SIMPLE.values()
        and not (isinstance(node, ir.Sequence) and node.kind == "tuple")
    )
    assert found == by_ast(text)


@pytest.mark.parametrize(("path", "text"), FEW)
def test_both_parsers_lower_alike(path: Path, text: str) -> None:
    by_libcst = lowering._lower_by_libcst(text, 1, SyntaxError("refused"))
    assert [*differences(lower(text), by_libcst)] == []


def differences(left: object, right: object) -> Iterator[tuple[object, object]]:
    """Where two trees differ, apart from the parts of formatted strings, which the parsers split differently."""
    if type(left) is not type(right):
        yield left, right
    elif isinstance(left, ir.FormattedString) and isinstance(right, ir.FormattedString):
        if left.at != right.at:
            yield left.at, right.at
    elif isinstance(left, msgspec.Struct):
        for field in left.__struct_fields__:
            yield from differences(getattr(left, field), getattr(right, field))
    elif isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield from differences(one, other)
    elif left != right and left == left:  # not a number is never itself
        yield left, right


def places(text: str, kind: type) -> list[str]:
    """The text below each node of a kind, in the order of the file."""
    nodes = [node for node in walk(lower(text)) if type(node) is kind]
    ranges: list[ir.Position] = [node.at for node in nodes]  # type: ignore[attr-defined]
    return [cut(text, at) for at in sorted(ranges)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param("x = 'äöü', f(y)", ir.Call, ["f(y)"], id="after two-byte characters"),
        pytest.param("x = '€', '😀', f('😀')", ir.Call, ["f('😀')"], id="after three and four bytes"),
        pytest.param("größe.übung = é", ir.Attribute, ["größe.übung"], id="non-ascii names"),
        pytest.param("if a:\n\tb(c)\n", ir.Call, ["b(c)"], id="a tab is one column"),
        pytest.param("x = f(\n    a,\n)  # c\n", ir.Call, ["f(\n    a,\n)"], id="several lines"),
        pytest.param("x = ((a.b))", ir.Attribute, ["a.b"], id="without outer parentheses"),
        pytest.param("x = (a).b", ir.Attribute, ["(a).b"], id="with inner ones"),
        pytest.param("x = ((a, b))", ir.Sequence, ["(a, b)"], id="a tuple has its parentheses"),
        pytest.param("x = a, b", ir.Sequence, ["a, b"], id="or none"),
        pytest.param("x[a, b:c]", ir.Sequence, ["a, b:c"], id="several indices"),
        pytest.param("f(x for x in y)", ir.Comprehension, ["(x for x in y)"], id="generator in a call"),
        pytest.param("x = 'a' \\\n 'b'", ir.Const, ["'a' \\\n 'b'"], id="concatenation"),
        pytest.param("f(f'{a} {b.c}')", ir.Attribute, ["b.c"], id="in a formatted string"),
        pytest.param("def f(a: int = 1, *b, **c): pass", ir.Parameter, ["a: int", "b", "c"], id="parameters"),
        pytest.param("lambda a, b=1: 0", ir.Parameter, ["a", "b"], id="parameters of a lambda"),
        pytest.param("@d\n@e\ndef  f(): pass", ir.FunctionDef, ["f"], id="a function stands at its name"),
        pytest.param("@d\nasync  def f(): pass", ir.FunctionDef, ["f"], id="async function"),
        pytest.param("def \\\n  f(): pass", ir.FunctionDef, ["f"], id="name on the next line"),
        pytest.param("if x:\n  class A:\n    def f():\n      def g(): a", ir.FunctionDef, ["f", "g"], id="nested"),
        pytest.param("if x:\n  class Ä(B): pass", ir.ClassDef, ["Ä"], id="class"),
        pytest.param("if (a\n    and b):\n  c\nelif (d ) :\n  e", ir.If, ["if (a\n    and b)", "elif (d )"], id="if"),
        pytest.param("for a in (b):\n  c", ir.For, ["for a in (b)"], id="for"),
        pytest.param("async def f():\n  async for a in b: c", ir.For, ["async for a in b"], id="async for"),
        pytest.param("while a: b", ir.While, ["while a"], id="while"),
        pytest.param("with a(), b as c:\n  d", ir.With, ["with a(), b as c"], id="with"),
        pytest.param("with (a as b):\n  d", ir.With, ["with (a as b)"], id="with in parentheses"),
        pytest.param("try:\n  a\nfinally:\n  b", ir.Try, ["try"], id="try"),
        pytest.param("match a, b:\n  case 1: c", ir.Match, ["match a, b"], id="match"),
        pytest.param("a = 1; b = 2", ir.Assign, ["a = 1", "b = 2"], id="sharing a line"),
        pytest.param("a = (1)", ir.Assign, ["a = (1)"], id="a statement ends behind its parentheses"),
        pytest.param("x\n\f\ny\x0b\n".replace("\x0b", "") + "z", ir.Name, ["x", "y", "z"], id="form feed"),
    ],
)  # fmt: skip
def test_text_below(text: str, kind: type, expected: list[str]) -> None:
    assert places(text, kind) == expected


@pytest.mark.parametrize("text", ["type X = int\n", "class A[T]: pass\n", "def f[T](): pass\n"])
def test_syntax_newer_than_the_running_python_is_placed_by_libcst(text: str) -> None:
    text += "x = ((a, b)), f(y for y in z), g(\n  y for y in z\n )\ndef h(k: int = 1): return 'ä', k.l\n"
    assert places(text, ir.Sequence) == ["((a, b)), f(y for y in z), g(\n  y for y in z\n )", "(a, b)", "'ä', k.l"]
    assert places(text, ir.Comprehension) == ["(y for y in z)", "(\n  y for y in z\n )"]
    assert places(text, ir.Parameter) == ["k: int"]
    assert places(text, ir.Attribute) == ["k.l"]


def test_the_attribute_name_has_a_position_of_its_own() -> None:
    text = "x = (a\n  .übung)"
    (node,) = (node for node in walk(lower(text)) if isinstance(node, ir.Attribute))
    assert cut(text, node.attr_at) == "übung"
    assert cut(text, node.at) == "a\n  .übung"


def test_line_ends_do_not_matter() -> None:
    text = "x = 1\nif x:\n    f(\n        x)\ns = '''\n'''\n"
    assert lower(text.replace("\n", "\r\n")) == lower(text.replace("\n", "\r")) == lower(text)
    assert lower("\ufeff" + text) == lower(text)


def test_first_line_shifts_all_lines_and_nothing_else() -> None:
    text = "@d\ndef f(ä):\n    if (ä.b):\n        return 'ü', g(ä)\n"
    moved = [node.at for node in walk(lower(text, first_line=101)) if hasattr(node, "at")]
    plain = [node.at for node in walk(lower(text)) if hasattr(node, "at")]
    assert moved == [ir.Position(at.line + 100, at.column, at.end_line + 100, at.end_column) for at in plain]
    # A member of a class can be lowered below a line of its own that does not count.
    (wrapper,) = lower("if 1:\n    def f(): pass\n", first_line=41)
    assert isinstance(wrapper, ir.If)
    assert wrapper.body[0].at == ir.Position(42, 9, 42, 10)
