"""What each kind of expression becomes."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from freezelint.source import ir, lower_ast
from freezelint.source.lowering import SourceSyntaxError, lower
from tests.source.sketches import expression, walk

EXPRESSIONS = [
    ("x", "x"),
    ("None", "None"),
    ("True", "True"),
    ("...", "Ellipsis"),
    ("12", "12"),
    ("0x1F", "31"),
    ("1_000", "1000"),
    ("00", "0"),
    ("1.5e3", "1500.0"),
    ("2j", "2j"),
    ("9" * 5000, "Opaque()"),
    ("'a'", "'a'"),
    ("''", "''"),
    ('""""""', "''"),
    ("'''a\nb'''", "'a\\nb'"),
    (r"'\x41\n'", r"'A\n'"),
    (r"r'\n'", r"'\\n'"),
    ("b'a'", "b'a'"),
    ("u'a'", "'a'"),
    ("'a' \"b\" '''c'''", "'abc'"),
    ("b'a' b'b'", "b'ab'"),
    ("('a'\n'b')", "'ab'"),
    ("f'a{x}b'", "FormattedString(['a', x, 'b'])"),
    ("f'{x!r:>{w}}'", "FormattedString([x])"),
    ("f'{{a}}\\n{x}'", "FormattedString(['{a}\\n', x])"),
    ("rf'\\n{x.y(1)}'", "FormattedString(['\\\\n', Call(Attribute(x, 'y'), [Argument(1)])])"),
    ("'a' f'{x}' 'b'", "FormattedString(['a', x, 'b'])"),
    ("f'{x=}'", "FormattedString(['x=', x])"),
    ("f''", "FormattedString()"),
    ("a.b.c", "Attribute(Attribute(a, 'b'), 'c')"),
    ("a[0]", "Subscript(a, 0)"),
    ("a[1:]", "Subscript(a, Slice(1))"),
    ("a[:x:2]", "Subscript(a, Slice(None, x, 2))"),
    ("a[:, 0]", "Subscript(a, Sequence('tuple', [Slice(), 0]))"),
    ("a[0,]", "Subscript(a, Sequence('tuple', [0]))"),
    ("a[(0, 1)]", "Subscript(a, Sequence('tuple', [0, 1]))"),
    ("f()", "Call(f)"),
    ("f(1, *a, k=2, **b)", "Call(f, [Argument(1), Argument(a, None, '*'), Argument(2, 'k'), Argument(b, None, '**')])"),
    ("f(k=1, *a)", "Call(f, [Argument(1, 'k'), Argument(a, None, '*')])"),
    ("f(x for x in y)", "Call(f, [Argument(Comprehension('generator', x, None, [Clause(x, y)]))])"),
    ("f(x := 1)", "Call(f, [Argument(Walrus(x, 1))])"),
    ("a and b and c", "BoolOp('and', [a, b, c])"),
    ("a and (b and c)", "BoolOp('and', [a, b, c])"),
    ("(a or b) or c", "BoolOp('or', [a, b, c])"),
    ("a and b or not c", "BoolOp('or', [BoolOp('and', [a, b]), Unary('not', c)])"),
    ("-a", "Unary('-', a)"),
    ("-1", "Unary('-', 1)"),
    ("+~a", "Unary('+', Unary('~', a))"),
    ("a + b * c", "Binary('+', a, Binary('*', b, c))"),
    ("a - b - c", "Binary('-', Binary('-', a, b), c)"),
    ("a - (b - c)", "Binary('-', a, Binary('-', b, c))"),
    ("a ** b ** c", "Binary('**', a, Binary('**', b, c))"),
    ("a // b % c @ d", "Binary('@', Binary('%', Binary('//', a, b), c), d)"),
    ("a / b << c >> d", "Binary('>>', Binary('<<', Binary('/', a, b), c), d)"),
    ("a & b | c ^ d", "Binary('|', Binary('&', a, b), Binary('^', c, d))"),
    ("a < b <= c != d", "Compare(a, ['<', '<=', '!='], [b, c, d])"),
    ("a > b >= c == d", "Compare(a, ['>', '>=', '=='], [b, c, d])"),
    ("a not in b", "Compare(a, ['not in'], [b])"),
    ("a in b", "Compare(a, ['in'], [b])"),
    ("a is None", "Compare(a, ['is'], [None])"),
    ("a is not b", "Compare(a, ['is not'], [b])"),
    ("a if b else c", "Conditional(b, a, c)"),
    ("[1, *a]", "Sequence('list', [1, Starred(a)])"),
    ("1, 2", "Sequence('tuple', [1, 2])"),
    ("()", "Sequence('tuple')"),
    ("{1, 2}", "Sequence('set', [1, 2])"),
    ("{}", "DictDisplay()"),
    ("{1: a, **b}", "DictDisplay([1, None], [a, b])"),
    ("[x for x in y if x if z for w in x]", "Comprehension('list', x, None, [Clause(x, y, [x, z]), Clause(w, x)])"),
    ("{x for x in y}", "Comprehension('set', x, None, [Clause(x, y)])"),
    ("{k: v for k, v in y}", "Comprehension('dict', k, v, [Clause(Sequence('tuple', [k, v]), y)])"),
    ("(x async for x in y)", "Comprehension('generator', x, None, [Clause(x, y)])"),
    ("lambda: 0", "Lambda([], 0)"),
    ("lambda a, /, b=1, *c, d, e=2, **f: a", "Lambda([Parameter('a', 'positional'), Parameter('b', 'positional', 1), "
     "Parameter('c', '*'), Parameter('d', 'keyword'), Parameter('e', 'keyword', 2), Parameter('f', '**')], a)"),
    ("lambda *, a: 0", "Lambda([Parameter('a', 'keyword')], 0)"),
    ("(x := 1)", "Walrus(x, 1)"),
    ("((((x))))", "x"),
    ("\ufb01", "fi"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[text[:40] for text, _ in EXPRESSIONS])
def test_expression(text: str, expected: str) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("await x", "Await(x)"),
        ("yield", "Yield()"),
        ("yield x", "Yield(x)"),
        ("yield from x", "Yield(x, True)"),
    ],
)
def test_within_functions(text: str, expected: str) -> None:
    (function,) = lower(f"async def f():\n    {text}")
    assert isinstance(function, ir.FunctionDef)
    assert expression(text) == expected
    assert function.yields is text.startswith("yield")


def test_text_joined_to_bytes_is_a_syntax_error() -> None:
    with pytest.raises(SourceSyntaxError) as caught:
        lower("y = 1\nx = b'a' 'b'")
    assert caught.value.line == 2


def test_a_node_of_an_unknown_class_is_opaque_and_keeps_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(lower_ast._TABLE, ast.Dict)
    assert expression("{a: b.c, **d}") == "Opaque([a, Attribute(b, 'c'), d])"
    assert expression("f({a: b.c})") == "Call(f, [Argument(Opaque([a, Attribute(b, 'c')]))])"


def test_long_chains_are_no_danger() -> None:
    count = 800
    kinds = Counter(type(node) for node in walk(lower(" + ".join(["1"] * count))))
    assert (kinds[ir.Binary], kinds[ir.Const]) == (count - 1, count)
    assert expression(" and ".join(["a"] * count)) == f"BoolOp('and', [{', '.join(['a'] * count)}])"
    assert expression("\n".join(["(", *["'a'"] * count, ")"])) == repr("a" * count)
