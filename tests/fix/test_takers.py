"""Recipes for containers, for what optimizers are built of, and for context managers that go."""

from __future__ import annotations

import pytest

from freezelint.core.recipes import AlsoHold, Delete, HoldAll, Register, Rewrite, TextOf, Unwrap
from freezelint.fix.containers import _TAKEN
from tests.fix.code import fixed, marked, span_of

CLASS = "from torch import nn\nclass A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        {}\n{}"


@pytest.mark.parametrize(
    ("value", "rest", "after"),
    [
        ("self.x = []", "", "self.x = nn.ModuleList()"),
        ("self.x = [a, b]", "    def f(self):\n        self.x.append(1)\n", "self.x = nn.ModuleList([a, b])"),
        ("self.x = list(a)", "    def f(self):\n        return len(self.x)\n", "self.x = nn.ModuleList(list(a))"),
        ('self.x = {"a": 1}', "    def f(self):\n        self.x['b'] = 2\n", 'self.x = nn.ModuleDict({"a": 1})'),
        ("self.x = {str(i): f(i) for i in y}", "", "self.x = nn.ModuleDict({str(i): f(i) for i in y})"),
        ("self.x = dict(a=1)", "", "self.x = nn.ModuleDict(dict(a=1))"),
        # What the container cannot do, or cannot be known to do.
        ("self.x = [a]", "    def f(self):\n        self.x.sort()\n", None),
        ("self.x = [a]", "    def f(self):\n        return self.x\n", None),
        ("self.x = [a]", "    def f(self):\n        self.x = None\n", None),
        ("self.x = [a]", "    def f(self):\n        return [b] + self.x\n", None),
        ("self.x = {1: a}", "", None),
        ('self.x = {"a.b": a}', "", None),
        ('self.x = {"type": a}', "", None),
        ('self.x = {"_a": a}', "", None),
        ('self.x = {"a": a}', "    def f(self, k):\n        self.x[k] = 2\n", None),
        ('self.x = {"a": a}', "    def f(self, k):\n        return self.x.get(k)\n", None),
        ("self.x = y = [a]", "", None),
        ("self.x = build()", "", None),
    ],
)  # fmt: skip
def test_a_collection_becomes_a_container(value: str, rest: str, after: str | None) -> None:
    text = CLASS.format(value, rest)
    wanted = None if after is None else CLASS.format(after, rest)
    assert fixed(text, Register(span_of(text, "self.x"))) == wanted


def test_not_before_the_constructor_of_the_module() -> None:
    text = CLASS.format("self.x = []", "").replace("super().__init__()", "print(1)")
    assert fixed(text, Register(span_of(text, "self.x"))) is None


def test_names_that_a_module_dict_refuses() -> None:
    torch = pytest.importorskip("torch")
    own = {name for name in dir(torch.nn.ModuleDict()) if not name.startswith("_")}
    assert own <= _TAKEN


FILTERED = "[p for p in m.parameters() if p.requires_grad]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"«SGD({FILTERED}, 0.1)»", "SGD(m.parameters(), 0.1)"),
        ("«SGD(filter(lambda p: p.requires_grad, m.parameters()))»", "SGD(m.parameters())"),
        (f"ps = {FILTERED}\n«SGD(ps)»", "ps = m.parameters()\nSGD(ps)"),
        (f'«SGD([{{"params": {FILTERED}}}, {{"params": n.parameters()}}])»',
         'SGD([{"params": m.parameters()}, {"params": n.parameters()}])'),
        (f"ps = {FILTERED}\nprint(ps)\n«SGD(ps)»", None),
        ("«SGD(m.parameters())»", None),
        ("«SGD([p for p in m.parameters() if p.ndim > 1])»", None),
    ],
)  # fmt: skip
def test_a_filter_goes(before: str, after: str | None) -> None:
    text, place = marked(before + "\n")
    assert fixed(text, HoldAll(place)) == (None if after is None else after + "\n")


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ("m.parameters()", "[*m.parameters(), *n.parameters()]"),
        (FILTERED, f"[*{FILTERED}, *n.parameters()]"),
        ("[*m.parameters(), *k.parameters()]", "[*m.parameters(), *k.parameters(), *n.parameters()]"),
        ('[{"params": m.parameters()}]', '[{"params": m.parameters()}, {"params": n.parameters()}]'),
        ("build()", None),
        ("[m.weight, {1: 2}]", None),
    ],
)
def test_an_optimizer_is_given_more(given: str, after: str | None) -> None:
    text = f"n = m = k = 1\nSGD({given}, 0.1)\nn.thaw()\n"
    part = span_of(text, "n", nth=text[: text.index("n.thaw()")].count("n"))
    recipe = AlsoHold(span_of(text, f"SGD({given}, 0.1)"), TextOf(part))
    assert fixed(text, recipe) == (None if after is None else f"n = m = k = 1\nSGD({after}, 0.1)\nn.thaw()\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("with «no_grad()»:\n    a()\n    b()\n", "a()\nb()\n"),
        ("with «no_grad()»:  # why\n    # first\n    a()\n", "# why\n# first\na()\n"),
        ("if x:\n\twith «no_grad()»:\n\t\ta(\n\t\t\t1,\n\t\t)\n", "if x:\n\ta(\n\t\t1,\n\t)\n"),
        ('with «no_grad()»:\n    a("""x\n    y""")\n', 'a("""x\n    y""")\n'),
        ("with «no_grad()», b() as c:\n    a()\n", "with b() as c:\n    a()\n"),
        ("with b() as c, «no_grad()»:\n    a()\n", "with b() as c:\n    a()\n"),
        ("@«no_grad()»\ndef f(): pass\n", "def f(): pass\n"),
        ("@«no_grad()»  # why\ndef f(): pass\n", "# why\ndef f(): pass\n"),
        ("with «no_grad()» as c:\n    a()\n", None),
        ("with «no_grad()»: a()\n", None),
        ("x = «no_grad()»\n", None),
    ],
)
def test_a_context_manager_goes(before: str, after: str | None) -> None:
    text, place = marked(before)
    assert fixed(text, Unwrap(place)) == after


def test_a_loop_goes_that_does_nothing_else() -> None:
    text, place = marked("a()\nfor p in m:\n    «p.x = 1»\nb()\n")
    assert fixed(text, Delete(place, loop=True)) == "a()\nb()\n"
    text, place = marked("for p in m:\n    «p.x = 1»\n    b()\n")
    assert fixed(text, Delete(place, loop=True)) is None


LIFT = (("map(lambda $e: $do, $x)", "for $e in $x:\n    $do"), ("map($f, $x)", "list(map($f, $x))"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«map(lambda p: f(p), ps)»\n", "for p in ps:\n    f(p)\n"),
        ("for p in qs:\n    g(p)\n«map(lambda p: f(p), ps)»\n", "for p in qs:\n    g(p)\nfor p in ps:\n    f(p)\n"),
        ("p = 1\n«map(lambda p: f(p), ps)»\ng(p)\n", "p = 1\nfor p_2 in ps:\n    f(p_2)\ng(p)\n"),
        ("for p in qs:\n    «map(lambda p: p.f(p=p), p.ps)»\n",
         "for p in qs:\n    for p_2 in p.ps:\n        p_2.f(p=p_2)\n"),
        ("def g():\n    «map(lambda p: f(p), ps)»\n    return p\n",
         "def g():\n    for p_2 in ps:\n        f(p_2)\n    return p\n"),
        ("x = «map(lambda p: f(p), ps)»\n", "x = list(map(lambda p: f(p), ps))\n"),
    ],
)  # fmt: skip
def test_what_a_lambda_binds_disturbs_nothing_around(before: str, after: str) -> None:
    text, place = marked(before)
    assert fixed(text, Rewrite(place, LIFT)) == after
