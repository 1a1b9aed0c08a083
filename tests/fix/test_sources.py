"""Names of a thing where it is to be written: under that of the callers, through parameters and results."""

from __future__ import annotations

import pytest

from freezelint.core.findings import Fix, Safety
from freezelint.core.recipes import CalleeOf, Either, Insert, IterableAround, NameOf, ReceiverOf, Recipe, Source
from freezelint.core.spans import Span
from freezelint.fix.apply import edited
from freezelint.fix.resolve import Resolver
from tests.fix.code import fixed, marked, span_of


def written(text: str, source: Source, place: Span) -> str | None:
    """How the thing is written in a line behind the place; None where it cannot be."""
    result = fixed(text, Insert(place, "use($x)", (("x", source),)))
    return None if result is None else result.partition("use(")[2].partition(")\n")[0]


@pytest.mark.parametrize(
    ("function", "call", "name"),
    [
        ("def f(m):\n    m.eval()\n", "f(net)\n", "net"),
        ("def f(m):\n    m.part[0].eval()\n", "f(net.body)\n", "net.body.part[0]"),
        ("def f(a, *, m):\n    m.eval()\n", "f(1, m=net)\n", "net"),
        ("class A:\n    def f(self):\n        self.m.eval()\n", "a.b.f()\n", "a.b.m"),
        ("class A:\n    def f(self, m):\n        m.eval()\n", "a.f(net)\n", "net"),
        ("class A:\n    @staticmethod\n    def f(m):\n        m.eval()\n", "a.f(net)\n", "net"),
        # What is bound anew, made up, or hidden in the call is not the argument.
        ("def f(m):\n    m = m.part\n    m.eval()\n", "f(net)\n", None),
        ("def f(m):\n    m.eval()\n", "f(build())\n", None),
        ("def f(m):\n    m.eval()\n", "f(*nets)\n", None),
        ("def f():\n    m = build()\n    m.eval()\n", "f()\n", None),
    ],
)
def test_what_a_function_was_given(function: str, call: str, name: str | None) -> None:
    text = f"net = a = 1\n{function}{call}"
    place, inside = span_of(text, call.strip()), [each for each in ("m.part[0].eval()", "self.m.eval()", "m.eval()")
                                                   if each in function]  # fmt: skip
    assert written(text, ReceiverOf(span_of(text, inside[0]), (place,)), place) == name


@pytest.mark.parametrize(
    ("function", "call", "name"),
    [
        ("def f():\n    return SGD()\n", "o = f()\n", "o"),
        ("def f():\n    x = SGD()\n    return x\n", "o = f()\n", "o"),
        ("def f():\n    x = SGD()\n    return 1, x\n", "n, o = f()\n", "o"),
        ("def f():\n    x: Any = SGD().to(1)\n    return x\n", "self.o = f()\n", "self.o"),
        ("class A:\n    def __init__(self):\n        self.x = SGD()\n", "a = A()\n", "a.x"),
        ("class A:\n    def build(self):\n        self.x = SGD()\n", "a.build()\n", "a.x"),
        # Not all that is returned is it, or it is kept nowhere.
        ("def f():\n    x = SGD()\n    return x if y else None\n", "o = f()\n", None),
        ("def f():\n    x = SGD()\n    if y:\n        return x\n    return None\n", "o = f()\n", None),
        ("def f():\n    x = SGD()\n    return 1, x\n", "o = f()\n", None),
        ("def f():\n    return SGD()\n", "f().step()\n", None),
        ("def f():\n    yield SGD()\n", "o = f()\n", None),
    ],
)
def test_what_a_function_makes(function: str, call: str, name: str | None) -> None:
    text = f"a = self = 1\n{function}{call}"
    code = call.strip().partition("= ")[2] or call.strip().replace(".step()", "")
    place = span_of(text, code, nth=text.count(code) - 1)
    assert written(text, NameOf(span_of(text, "SGD()"), (place,)), place) == name


def test_the_module_of_a_loop_and_the_callee() -> None:
    text, place = marked("def f(m):\n    for p in m.parameters():\n        p.x = 1\n«f(net.a)»\nnet(x)\n")
    text = f"net = 1\n{text}"
    place = span_of(text, "f(net.a)")
    assert written(text, IterableAround(span_of(text, "p.x"), (place,)), place) == "net.a"
    call = span_of(text, "net(x)")
    assert written(text, CalleeOf(call), call) == "net"


def test_the_first_way_that_fits_is_gone() -> None:
    text, place = marked("def f(m):\n    «m.eval()»\n")
    line = Insert(place, "$m.train()", (("m", ReceiverOf(place)),))
    wrong = Insert(place, "$m.train()", (("m", NameOf(place)),))
    after = "def f(m):\n    m.eval()\n    m.train()\n"
    assert fixed(text, Either(((wrong,), (line,)))) == after
    assert fixed(text, Either(((line, wrong), (line,)))) == after
    assert fixed(text, Either(((wrong,),))) is None
    assert fixed(text, Either(())) is None


def test_names_are_followed_through_other_files() -> None:
    helper = "def build(net):\n    return SGD(net)\ndef thaw(part):\n    part.requires_grad_(True)\n"
    main = "from helper import build, thaw\nnet = Net()\no = build(net)\nthaw(net.body)\n"
    stack = (span_of(main, "thaw(net.body)", path="main.py"),)
    thawed = ReceiverOf(span_of(helper, "part.requires_grad_(True)", path="helper.py"), stack)
    built = NameOf(span_of(helper, "SGD(net)", path="helper.py"), (span_of(main, "build(net)", path="main.py"),))
    recipe: Recipe = Insert(stack[0], "$o.add($p)", (("o", built), ("p", thawed)), once=stack)
    edits = Resolver({"main.py": main, "helper.py": helper}.get).edits(Fix("", Safety.SAFE, recipes=(recipe,)))
    assert edited(main.encode(), edits).decode() == f"{main}o.add(net.body)\n"


ADD = "$o.add($m)"


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("for e in es:\n    if e == 3 and x:\n        «m.thaw()»\n", True),
        ("for e in es:\n    if e == 3 or x:\n        «m.thaw()»\n", False),
        ("for t in ts:\n    for e in es:\n        if e == 3:\n            «m.thaw()»\n", False),
        ("for t in ts:\n    if self.step == 3:\n        «m.thaw()»\n", True),
        ("for t in ts:\n    for e in es:\n        if self.step == 3:\n            «m.thaw()»\n", True),
        ("while x:\n    «m.thaw()»\n", False),
    ],
)
def test_what_happens_once(before: str, added: bool) -> None:
    text, place = marked(f"o = SGD(x)\n{before}")
    given = (("o", NameOf(span_of(text, "SGD(x)"))), ("m", ReceiverOf(place)))
    result = fixed(text, Insert(place, ADD, given, once=(place,)))
    assert (result is not None) is added


def test_a_loop_that_makes_it_anew_is_no_repetition() -> None:
    text, place = marked("for t in ts:\n    o = SGD(x)\n    for e in es:\n        if e == 3:\n            «m.thaw()»\n")
    given = (("o", NameOf(span_of(text, "SGD(x)"))), ("m", ReceiverOf(place)))
    assert fixed(text, Insert(place, ADD, given, once=(place,))) is not None


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("    a(x)\n    m.eval()\n    b()\n", "    m.train()\n    a(x)\n    m.eval()\n    b()\n"),
        ("    m.eval()\n    b()\n    a(x)\n", "    m.eval()\n    b()\n    m.train()\n    a(x)\n"),
        (
            "    if y:\n        m.eval()\n    for x in xs:\n        a(x)\n",
            "    if y:\n        m.eval()\n    m.train()\n    for x in xs:\n        a(x)\n",
        ),
    ],
)
def test_where_a_round_begins(body: str, after: str) -> None:
    text = f"m = 1\nfor e in es:\n{body}"
    call, given = span_of(text, "a(x)"), (("m", ReceiverOf(span_of(text, "m.eval()"))),)
    recipe = Insert(call, "$m.train()", given, before=True, beside=span_of(text, "m.eval()"))
    assert fixed(text, recipe) == f"m = 1\nfor e in es:\n{after}"
