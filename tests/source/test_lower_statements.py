"""What each kind of statement becomes."""

from __future__ import annotations

import sys

import pytest

from freezelint.source import ir
from freezelint.source.lowering import lower
from tests.source.sketches import statements

STATEMENTS = [
    ("'doc'", "ExpressionStatement('doc')"),
    ("x = 1", "Assign([x], 1)"),
    ("x = y = 1", "Assign([x, y], 1)"),
    ("a, *b = c", "Assign([Sequence('tuple', [a, Starred(b)])], c)"),
    ("a.b[0] = c", "Assign([Subscript(Attribute(a, 'b'), 0)], c)"),
    ("x: int = 1", "Assign([x], 1, int)"),
    ("x: 'int'", "Assign([x], None, 'int')"),
    ("x += 1", "AugmentedAssign(x, '+', 1)"),
    ("x //= 1; x **= 2", "AugmentedAssign(x, '//', 1)\nAugmentedAssign(x, '**', 2)"),
    ("x -= 1; x *= 1; x /= 1; x %= 1; x @= 1", "\n".join(f"AugmentedAssign(x, '{op}', 1)" for op in "-*/%@")),
    ("x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1",
     "\n".join(f"AugmentedAssign(x, '{op}', 1)" for op in ("&", "|", "^", "<<", ">>"))),
    ("del a, b[0]", "Delete([a, Subscript(b, 0)])"),
    ("del (a, b)", "Delete([a, b])"),
    ("del (a)", "Delete([a])"),
    ("raise", "Raise()"),
    ("raise A(1) from e", "Raise(Call(A, [Argument(1)]))"),
    ("assert a, b", "Assert(a)"),
    ("import a.b as c, d", "Import([ImportedName('a.b', 'c'), ImportedName('d')])"),
    ("from a.b import c, d as e", "ImportFrom('a.b', 0, [ImportedName('c'), ImportedName('d', 'e')])"),
    ("from ... import a", "ImportFrom('', 3, [ImportedName('a')])"),
    ("from .a import *", "ImportFrom('a', 1, [ImportedName('*')])"),
    ("if a: b\nelif c: d\nelif e: f\nelse: g",
     "If(a, [ExpressionStatement(b)], [If(c, [ExpressionStatement(d)], "
     "[If(e, [ExpressionStatement(f)], [ExpressionStatement(g)])])])"),
    ("if a:\n    if b: c\nelse:\n    if d: e",
     "If(a, [If(b, [ExpressionStatement(c)])], [If(d, [ExpressionStatement(e)])])"),
    ("for a, b in c:\n    break\nelse:\n    pass",
     "For(Sequence('tuple', [a, b]), c, [Jump('break')], [Jump('pass')])"),
    ("while a: continue\nelse: b", "While(a, [Jump('continue')], [ExpressionStatement(b)])"),
    ("with a as b, c, d as (e, f): pass",
     "With([WithItem(a, b), WithItem(c), WithItem(d, Sequence('tuple', [e, f]))], [Jump('pass')])"),
    ("with (a as b, c as d): pass", "With([WithItem(a, b), WithItem(c, d)], [Jump('pass')])"),
    ("try: a\nexcept A as e: b\nexcept (B, C): c\nexcept: d\nelse: e\nfinally: f",
     "Try([ExpressionStatement(a)], [Handler(A, 'e', [ExpressionStatement(b)]), "
     "Handler(Sequence('tuple', [B, C]), None, [ExpressionStatement(c)]), Handler(None, None, [ExpressionStatement(d)])"
     "], [ExpressionStatement(e)], [ExpressionStatement(f)])"),
    ("try: a\nexcept* A: b", "Try([ExpressionStatement(a)], [Handler(A, None, [ExpressionStatement(b)])])"),
    ("def f(): global a, b; nonlocal c",
     "FunctionDef('f', [], [Scope('global', ['a', 'b']), Scope('nonlocal', ['c'])])"),
    ("def f(a: int, /, b=1, *c: str, d, **e) -> A: return a",
     "FunctionDef('f', [Parameter('a', 'positional', None, int), Parameter('b', 'positional', 1), "
     "Parameter('c', '*', None, str), Parameter('d', 'keyword'), Parameter('e', '**')], [Return(a)], [], A)"),
    ("@a\n@b.c(1)\nasync def f(): return",
     "FunctionDef('f', [], [Return()], [a, Call(Attribute(b, 'c'), [Argument(1)])], None, False, True)"),
    ("async def f():\n    async with a: pass\n    async for b in c: pass",
     "FunctionDef('f', [], [With([WithItem(a)], [Jump('pass')]), For(b, c, [Jump('pass')])], [], None, False, True)"),
    ("@d\nclass A(B, *C, metaclass=M, **k):\n    x = 1",
     "ClassDef('A', [B, Starred(C)], [Argument(M, 'metaclass'), Argument(k, None, '**')], [Assign([x], 1)], [d])"),
    ("class A: pass", "ClassDef('A', [], [], [Jump('pass')])"),
    ("type X[T] = list[T]", "ExpressionStatement(Opaque())"),
    ("def f[T: int](x: T): pass", "FunctionDef('f', [Parameter('x', 'positional', None, T)], [Jump('pass')])"),
    ("", ""),
    ("# only a comment", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATEMENTS, ids=[text[:40] for text, _ in STATEMENTS])
def test_statement(text: str, expected: str) -> None:
    assert statements(text) == expected


CASES = [
    ("1", "MatchCase(1, None, [], "),
    ("-1", "MatchCase(Unary('-', 1), None, [], "),
    ("None", "MatchCase(None, None, [], "),
    ("'a' 'b'", "MatchCase('ab', None, [], "),
    ("A.b", "MatchCase(Attribute(A, 'b'), None, [], "),
    ("x", "MatchCase(None, None, ['x'], "),
    ("_", "MatchCase(None, None, [], "),
    ("1 as x", "MatchCase(1, None, ['x'], "),
    ("x if x > 1", "MatchCase(None, Compare(x, ['>'], [1]), ['x'], "),
    ("1 | 2", "MatchCase(Opaque([1, 2]), None, [], "),
    ("[a, 1, *b]", "MatchCase(Opaque([1]), None, ['a', 'b'], "),
    ("(a, _)", "MatchCase(Opaque(), None, ['a'], "),
    ("{'k': a, K.l: None, **r}", "MatchCase(Opaque(['k', Attribute(K, 'l'), None]), None, ['a', 'r'], "),
    ("C(a, 1, k=D(b)) as c", "MatchCase(Opaque([C, 1, D]), None, ['a', 'b', 'c'], "),
    ("A(x) | B(x)", "MatchCase(Opaque([A, B]), None, ['x'], "),
]


@pytest.mark.parametrize(("pattern", "expected"), CASES, ids=[pattern for pattern, _ in CASES])
def test_match(pattern: str, expected: str) -> None:
    assert statements(f"match s:\n    case {pattern}:\n        pass") == f"Match(s, [{expected}[Jump('pass')])])"


@pytest.mark.parametrize(
    ("body", "yields"),
    [
        ("yield", True),
        ("x = yield 1", True),
        ("if a:\n        yield from b", True),
        ("return (lambda: (yield))", False),
        ("def g(): yield", False),
        ("def g(): yield\n    yield", True),
        ("yield\n    def g(): pass", True),
        ("pass", False),
    ],
)
def test_generators(body: str, yields: bool) -> None:
    (function,) = lower(f"def f():\n    {body}\n")
    assert isinstance(function, ir.FunctionDef)
    assert function.yields is yields


def test_hundreds_of_elif() -> None:
    (node,) = lower("if a: pass\n" + "elif b: pass\n" * 400)
    depth = 0
    while isinstance(node, ir.If) and node.orelse:
        (node,) = node.orelse
        depth += 1
    assert depth == 400


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the running Python must know type aliases")
def test_new_syntax_is_placed_as_well() -> None:
    (alias,) = lower("type X = int")
    assert (alias.at.line, alias.at.column, alias.at.end_column) == (1, 1, 13)
