"""Recipes that rewrite: what they make of code in many layouts, and what they leave alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freezelint.core.recipes import (
    AddKeyword,
    AddParameter,
    KeepTrainable,
    Rewrite,
    as_call,
    called,
    in_a_list,
    renamed,
)
from tests.fix.code import fixed, marked, span_of


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«m.requires_grad» = False", "m.requires_grad_(False)"),
        ("«m.requires_grad» = False  # why", "m.requires_grad_(False)  # why"),
        ("«m.requires_grad»=a if b else c; x = 1", "m.requires_grad_(a if b else c); x = 1"),
        ("if a: «m.requires_grad» = (not b)", "if a: m.requires_grad_(not b)"),
        ("«m.requires_grad» = (\n    a\n    or b\n)", "m.requires_grad_(a\n    or b)"),
        ('«setattr(m, "requires_grad", x)»', "m.requires_grad_(x)"),
        ("«setattr(m, 'requires_grad', x)»", "m.requires_grad_(x)"),
        ("net.apply(lambda m: «setattr(m, 'requires_grad', False)»)", "net.apply(lambda m: m.requires_grad_(False))"),
        ("«(a or b).requires_grad» = False", "(a or b).requires_grad_(False)"),
        ("«f(x)[0].requires_grad» = 'é' == y", "f(x)[0].requires_grad_('é' == y)"),
        ("«m.requires_grad» = n.requires_grad = False", None),
        ("«m.requires_grad», x = False, 1", None),
        ("«m.requires_grad»: bool = False", None),
        ("«m.requires_grad» &= False", None),
        ("«m.requires_grad» = (  # a comment\n    False\n)", None),
        ("«setattr(m, 'requires_grad', *rest)»", None),
    ],
)
def test_an_assignment_becomes_a_call(before: str, after: str | None) -> None:
    text, place = marked(before + "\n")
    assert fixed(text, as_call(place, "requires_grad", "requires_grad_")) == (None if after is None else after + "\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if «n.find(a + b)»: pass", "if a + b in n: pass"),
        ("if «n.find('x')» and y: pass", "if 'x' in n and y: pass"),
        ("if «n.find(lambda: 0)»: pass", "if (lambda: 0) in n: pass"),
        ("z = [p for p in q if «n.find(a or b)»]", "z = [p for p in q if (a or b) in n]"),
        ("z = «n.find(x)» + 1", "z = (x in n) + 1"),
        ("z = («n.find(x)») is y", "z = (x in n) is y"),
        ("if «n.find(x, 3)»: pass", None),
        ("if «n.find(*x)»: pass", None),
    ],
)
def test_precedence_is_kept(before: str, after: str | None) -> None:
    text, place = marked(before)
    assert fixed(text, Rewrite(place, (("$x.find($y)", "$y in $x"),))) == after


def test_the_statement_around_is_taken_for_a_part_of_it() -> None:
    text = "if not n.find(x): pass\n"
    recipe = Rewrite(span_of(text, "n.find(x)"), (("not $x.find($y)", "$y not in $x"),))
    assert fixed(text, recipe) == "if x not in n: pass\n"


def test_a_place_within_a_variable_is_no_match() -> None:
    text = "m.requires_grad = n.eval\n"
    assert fixed(text, Rewrite(span_of(text, "n.eval"), (("$x.requires_grad = $v", "$x.requires_grad_($v)"),))) is None


def test_a_variable_that_stands_twice_must_be_the_same() -> None:
    form = (("$x + $x", "2 * $x"),)
    assert fixed("z = a.b + a . b\n", Rewrite(span_of("z = a.b + a . b\n", "a.b + a . b"), form)) == "z = 2 * a.b\n"
    assert fixed("z = a + b\n", Rewrite(span_of("z = a + b\n", "a + b"), form)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p.require_grad = x", "p.requires_grad = x"),
        ("p.require_grad(x)", "p.requires_grad(x)"),
        ('setattr(p, "require_grad", x)', 'setattr(p, "requires_grad", x)'),
        ("setattr(p, name, x)", None),
    ],
)
def test_a_name_is_mended(before: str, after: str | None) -> None:
    part = before.partition(" = ")[0]
    assert fixed(before, renamed(span_of(before, part), "require_grad", "requires_grad")) == after


def test_what_is_named_is_called() -> None:
    text = "for p in (m.parameters): pass\n"
    assert fixed(text, called(span_of(text, "m.parameters"))) == "for p in (m.parameters()): pass\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = filter(f, y)", "x = list(filter(f, y))"),
        ("x = (p for p in y)", "x = list((p for p in y))"),
    ],
)
def test_an_iterator_becomes_a_list(before: str, after: str) -> None:
    assert fixed(before, in_a_list(span_of(before, before.removeprefix("x = ")))) == after


def test_a_builtin_that_is_something_else_is_not_used() -> None:
    text = "def f(list):\n    x = filter(g, list)\n"
    assert fixed(text, in_a_list(span_of(text, "filter(g, list)"))) is None


LOOP = (("$x.requires_grad = $v", "for $new_parameter in $x:\n    $new_parameter.requires_grad = $v"),)


def test_a_loop_takes_the_place_of_a_statement() -> None:
    text = "if a:\n\tps.requires_grad = False  # why\n\tx = 1\n"
    wanted = "if a:\n\tfor parameter in ps:\n\t\tparameter.requires_grad = False  # why\n\tx = 1\n"
    assert fixed(text, Rewrite(span_of(text, "ps.requires_grad"), LOOP)) == wanted


def test_a_new_name_is_new() -> None:
    text = "parameter = 1\nps.requires_grad = False\n"
    assert "for parameter_2 in ps:" in str(fixed(text, Rewrite(span_of(text, "ps.requires_grad"), LOOP)))


@pytest.mark.parametrize("text", ["if a: ps.requires_grad = False\n", "x = 1; ps.requires_grad = False\n"])
def test_a_loop_needs_lines_of_its_own(text: str) -> None:
    assert fixed(text, Rewrite(span_of(text, "ps.requires_grad"), LOOP)) is None


def test_a_statement_cannot_stand_in_an_expression() -> None:
    form = (("map($f, $x)", "for $new_each in $x:\n    $f($new_each)"),)
    assert fixed("y = map(f, x)\n", Rewrite(span_of("y = map(f, x)\n", "map(f, x)"), form)) is None
    wanted = "for each in x:\n    (lambda p: p)(each)\n"
    text = "map(lambda p: p, x)\n"
    assert fixed(text, Rewrite(span_of(text, text.strip()), form)) == wanted


@pytest.mark.parametrize(
    ("head", "written", "new"),
    [
        ("import torch\n", "torch.nn.ModuleList", "import torch\n"),
        ("from torch import nn\n", "nn.ModuleList", "from torch import nn\n"),
        ("import torch.nn as tn\n", "tn.ModuleList", "import torch.nn as tn\n"),
        ('"""Doc."""\nimport os\n\n', "nn.ModuleList", '"""Doc."""\nimport os\nfrom torch import nn\n\n'),
        ("# coding: utf-8\n", "nn.ModuleList", "# coding: utf-8\nfrom torch import nn\n"),
        (
            "from __future__ import annotations\n", "nn.ModuleList",
            "from __future__ import annotations\nfrom torch import nn\n",
        ),
        ("nn = 1\n", None, ""),
    ],
)  # fmt: skip
def test_a_module_is_written_as_the_file_knows_it(head: str, written: str | None, new: str) -> None:
    text = head + "x = [a]\n"
    recipe = Rewrite(span_of(text, "[a]"), (("$x", "$nn.ModuleList($x)"),), imports=(("nn", "torch.nn"),))
    assert fixed(text, recipe) == (None if written is None else f"{new}x = {written}([a])\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()", "f(k=1)"),
        ("f(a, b=(2))", "f(a, b=(2), k=1)"),
        ("f(a, k = x)", "f(a, k = 1)"),
        ("f(\n    a,\n    b,\n)", "f(\n    a,\n    b,\n    k=1,\n)"),
        ("f(a,)", "f(a, k=1)"),
        ("f((a))", "f((a), k=1)"),
        ("f(**rest)", None),
        ("f(x for x in y)", None),
        ("f(a  # why\n)", None),
    ],
)
def test_a_keyword_is_added(before: str, after: str | None) -> None:
    assert fixed(before, AddKeyword(span_of(before, before), "k", "1")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def train(self): pass\n", "def train(self, mode=True): pass\n"),
        ("def train(self, a: int = 3): pass\n", "def train(self, a: int = 3, mode=True): pass\n"),
        ("def train(self, *rest): pass\n", None),
        ("def train(self):\n    mode = 1\n", None),
    ],
)
def test_a_parameter_is_added(before: str, after: str | None) -> None:
    assert fixed(before, AddParameter(span_of(before, "train"), "mode=True")) == after


KEPT = "[p for p in {}.parameters() if p.requires_grad]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SGD(m.parameters(), lr=1)", f"SGD({KEPT.format('m')}, lr=1)"),
        ("SGD(params=m.parameters())", f"SGD(params={KEPT.format('m')})"),
        ("SGD(list(m.parameters()))", f"SGD({KEPT.format('m')})"),
        (
            "SGD([{'params': a.parameters(), 'lr': 1}, {'params': b.parameters()}])",
            f"SGD([{{'params': {KEPT.format('a')}, 'lr': 1}}, {{'params': {KEPT.format('b')}}}])",
        ),
        (
            "SGD(list(a.parameters()) + list(b.parameters()))",
            "SGD([p for p in list(a.parameters()) + list(b.parameters()) if p.requires_grad])",
        ),
        ("SGD(p.parameters())", "SGD([parameter for parameter in p.parameters() if parameter.requires_grad])"),
        ("SGD(groups)", None),
        ("SGD(m.named_parameters())", None),
        ("SGD([{'params': a.parameters()}, extra])", None),
        ("SGD(*m.parameters())", None),
    ],
)
def test_an_optimizer_gets_what_requires_grad(before: str, after: str | None) -> None:
    assert fixed(before, KeepTrainable(span_of(before, before))) == after


def test_parameters_that_are_named_first_are_filtered_there() -> None:
    text = "ps = m.parameters()\no = SGD(ps)\n"
    assert fixed(text, KeepTrainable(span_of(text, "SGD(ps)"))) == f"ps = {KEPT.format('m')}\no = SGD(ps)\n"
    text += "clip(ps)\n"
    assert fixed(text, KeepTrainable(span_of(text, "SGD(ps)"))) is None


# --- whatever stands in a variable means the same afterwards ------------------------------------------------------

ATOMS = st.sampled_from(["a", "b.c", "f(a)", "1", "'s'", "[a]", "(a, b)", "(yield)", "a[0]", "x for x in y"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda pair: f"{pair[0]} or {pair[1]}"),
        two.map(lambda pair: f"{pair[0]} + {pair[1]}"),
        two.map(lambda pair: f"{pair[0]} if a else {pair[1]}"),
        two.map(lambda pair: f"{pair[0]} == {pair[1]}"),
        parts.map(lambda part: f"not {part}"),
        parts.map(lambda part: f"-{part}"),
        parts.map(lambda part: f"lambda: {part}"),
        parts.map(lambda part: f"({part})"),
        parts.map(lambda part: f"(q := {part})"),
        parts.map(lambda part: f"await_({part})"),
    )


EXPRESSIONS = st.recursive(ATOMS, _joined, max_leaves=6).filter(lambda text: _is_expression(text))


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


TEMPLATES = ["$v in $x", "$v not in $x", "$x.f($v)", "not $v", "list($v)", "$v()", "$v[1]", "$v.parameters()", "-$v"]


@given(EXPRESSIONS, st.sampled_from(TEMPLATES))
def test_filled_in_code_means_what_it_should(value: str, template: str) -> None:
    text = f"def f():\n    m.flag = {value}\n"
    result = fixed(text, Rewrite(span_of(text, "m.flag"), (("$x.flag = $v", f"$x.got = {template}"),)))
    assert result is not None
    wanted = template.replace("$v", f"({value})").replace("$x", "m")
    assert ast.dump(ast.parse(result)) == ast.dump(ast.parse(f"def f():\n    m.got = {wanted}\n"))
