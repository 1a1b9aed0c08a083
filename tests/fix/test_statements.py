"""Recipes for whole statements: added, moved, removed, enclosed; and names that must mean the same elsewhere."""

from __future__ import annotations

import pytest

from freezelint.core.recipes import (
    Delete,
    Enclose,
    Insert,
    IterableAround,
    MoveAfter,
    NameOf,
    ReceiverOf,
    ReturnSelf,
    TextOf,
)
from freezelint.core.spans import Span
from tests.fix.code import fixed, marked, span_of


def after_train(place: Span) -> Insert:
    return Insert(place, "$m.part.eval()", (("m", ReceiverOf(place)),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«m.train()»\n", "m.train()\nm.part.eval()\n"),
        ("«m.train()»", "m.train()\nm.part.eval()"),
        ("if a:\n\t«m.train()»  # why\n\tx()\n", "if a:\n\tm.train()  # why\n\tm.part.eval()\n\tx()\n"),
        ("«self.nets[0].train()»\n", "self.nets[0].train()\nself.nets[0].part.eval()\n"),
        ("«m.train(\n    True,\n)»\n", "m.train(\n    True,\n)\nm.part.eval()\n"),
        ("«m.train()»\nm.part.eval()\n", None),
        ("«m.train()»; x()\n", None),
        ("if a: «m.train()»\n", None),
        ("y = «build().train()»\n", None),
        ("«nn.Module.train(m)»\n", None),
        ("def f():\n    return «m.train()»\n", None),
    ],
)
def test_a_statement_is_added_behind(before: str, after: str | None) -> None:
    text, place = marked(before)
    assert fixed(text, after_train(place)) == after


def test_a_statement_is_added_before() -> None:
    text, place = marked("@d\ndef f():\n    «m.eval()»\n")
    recipe = Insert(place, "$m.train()", (("m", ReceiverOf(place)),), before=True)
    assert fixed(text, recipe) == "@d\ndef f():\n    m.train()\n    m.eval()\n"


ADD = '$o.add_param_group({"params": $part.parameters()})'


def add_group(text: str, *, once: bool = True) -> str | None:
    thaw, built = span_of(text, "m.requires_grad_(True)"), span_of(text, "SGD(x)")
    given = (("o", NameOf(built)), ("part", ReceiverOf(thaw)))
    return fixed(text, Insert(thaw, ADD, given, once=(thaw,) if once else ()))


LINE = 'o.add_param_group({"params": m.parameters()})\n'


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("o = SGD(x)\nm.requires_grad_(True)\n", LINE),
        ("o = SGD(x)\nfor e in es:\n    if e == 3:\n        m.requires_grad_(True)\n", f"        {LINE}"),
        ("o = SGD(x)\ndef f():\n    m.requires_grad_(True)\n", f"    {LINE}"),
        ("with a as b:\n    o = SGD(x)\n    m.requires_grad_(True)\n", f"    {LINE}"),
        (
            "class A:\n    def f(self):\n        self.o = SGD(x)\n    def g(self):\n        m.requires_grad_(True)\n",
            f"        self.{LINE}",
        ),
        # The name may not be there, or not be this optimizer.
        ("if a:\n    o = SGD(x)\nm.requires_grad_(True)\n", None),
        ("o = SGD(x)\no = 3\nm.requires_grad_(True)\n", None),
        ("o = SGD(x)\ndel o\nm.requires_grad_(True)\n", None),
        ("m.requires_grad_(True)\no = SGD(x)\n", None),
        ("def f():\n    o = SGD(x)\ndef g():\n    m.requires_grad_(True)\n", None),
        ("def f(o):\n    m.requires_grad_(True)\no = SGD(x)\n", None),
        ("o = SGD(x)\ndef f():\n    m.requires_grad_(True)\n    o = 3\n", None),
        ("o = SGD(x)\nif b:\n    o = 3\ndef f():\n    m.requires_grad_(True)\n", None),
        ("f(SGD(x))\nm.requires_grad_(True)\n", None),
        ("o[i] = SGD(x)\nm.requires_grad_(True)\n", None),
        ("class A:\n    o = SGD(x)\n    def f(self):\n        m.requires_grad_(True)\n", None),
        # It may happen twice.
        ("o = SGD(x)\nfor e in es:\n    m.requires_grad_(True)\n", None),
        ("o = SGD(x)\nfor e in es:\n    if e % 3 == 0:\n        m.requires_grad_(True)\n", None),
    ],
)
def test_a_name_from_elsewhere(before: str, line: str | None) -> None:
    after = add_group(before)
    if line is None:
        assert after is None
    else:
        end = before.index("m.requires_grad_(True)\n") + len("m.requires_grad_(True)\n")
        assert after == before[:end] + line + before[end:]


def test_self_of_another_class_is_another_self() -> None:
    first = "class A:\n    def f(self):\n        self.o = SGD(x)\n"
    assert add_group(first + "class B:\n    def g(self):\n        m.requires_grad_(True)\n") is None
    second = "    def h(self):\n        self.o = 3\n    def g(self):\n        m.requires_grad_(True)\n"
    assert add_group(first + second) is None


def test_statements_behind_the_loop_that_freezes() -> None:
    text = "for p in m.parameters():\n    p.requires_grad = False\nx = 1\n"
    place = span_of(text, "p.requires_grad")
    recipe = Insert(place, "$m.eval()", (("m", IterableAround(place)),), after_loop=True)
    assert fixed(text, recipe) == "for p in m.parameters():\n    p.requires_grad = False\nm.eval()\nx = 1\n"
    more = text.replace("False\n", "False\n    n += 1\n")
    place = span_of(more, "p.requires_grad")
    assert fixed(more, Insert(place, "$m.eval()", (("m", IterableAround(place)),), after_loop=True)) is None


def test_a_text_that_calls_something_is_not_written_twice() -> None:
    text = "f().g\nx()\n"
    assert fixed(text, Insert(span_of(text, "x()"), "$y.eval()", (("y", TextOf(span_of(text, "f().g"))),))) is None


METHOD = "class A:\n    def train(self, mode=True):\n"


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (
            "        a.eval()  # one\n        super().train(mode)\n        return self\n",
            "        super().train(mode)\n        a.eval()  # one\n        return self\n",
        ),
        ("        a.eval()\n        return super().train(mode)\n",
         "        super().train(mode)\n        a.eval()\n        return self\n"),
        (
            "        if mode:\n            a.eval()\n        return super().train(mode)",
            "        super().train(mode)\n        if mode:\n            a.eval()\n        return self",
        ),
        ("        a.eval(); x()\n        super().train(mode)\n", None),
        ("        for b in a: a.eval()\n        b.x()\n        super().train(mode)\n", None),
    ],
)  # fmt: skip
def test_a_statement_is_moved(body: str, after: str | None) -> None:
    text = METHOD + body
    recipe = MoveAfter((span_of(text, "a.eval()"),), span_of(text, "super().train(mode)"))
    assert fixed(text, recipe) == (None if after is None else METHOD + after)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("        x()\n", "        x()\n        return self\n"),
        ("        x()", "        x()\n        return self"),
        ("        if a:\n            return\n        x()\n",
         "        if a:\n            return self\n        x()\n        return self\n"),
        ("        if a:\n            x()\n", "        if a:\n            x()\n        return self\n"),
        ("        def f():\n            return\n        return None  # why\n",
         "        def f():\n            return\n        return self  # why\n"),
        ("        yield x\n", None),
    ],
)  # fmt: skip
def test_a_method_returns_itself(body: str, after: str | None) -> None:
    text = METHOD + body
    assert fixed(text, ReturnSelf(span_of(text, "train"))) == (None if after is None else METHOD + after)


def test_a_method_on_one_line_is_left_alone() -> None:
    text = "class A:\n    def train(self): super().train()\n"
    assert fixed(text, ReturnSelf(span_of(text, "train"))) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«no_grad()»  # why\nx()\n\ny()\n", "with no_grad():  # why\n    x()\n\n    y()\n"),
        ("if a:\n\t«no_grad()»\n\tx(\n\t\ty)\nz()", "if a:\n\twith no_grad():\n\t\tx(\n\t\t\ty)\nz()"),
        ("«no_grad()»\ns = '''\ntext\n  more'''\n", "with no_grad():\n    s = '''\ntext\n  more'''\n"),
        ("«no_grad()»\nx()\nloss.backward()\n", "with no_grad():\n    x()\nloss.backward()\n"),
        ("«no_grad()»\nif a:\n    loss.backward()\n", None),
        ("if a:\n    «no_grad()»\nx()\n", None),
        ("c = «no_grad()»\nx()\n", None),
        ("«no_grad()»; x()\ny()\n", None),
    ],
)
def test_a_context_manager_encloses_what_follows(before: str, after: str | None) -> None:
    text, place = marked(before)
    until = (span_of(text, "loss.backward()"),) if "loss" in text else ()
    assert fixed(text, Enclose(place, until)) == after


def test_a_forward_that_a_backward_needs_stays_out() -> None:
    text = "def f():\n    no_grad()\n    a()\n    return net(x)\nnet(x)\n"
    place, inside, outside = span_of(text, "no_grad()"), span_of(text, "net(x)"), span_of(text, "net(x)", nth=1)
    short = "def f():\n    with no_grad():\n        a()\n    return net(x)\nnet(x)\n"
    assert fixed(text, Enclose(place, needed=((inside,),))) == short
    long = "def f():\n    with no_grad():\n        a()\n        return net(x)\nnet(x)\n"
    assert fixed(text, Enclose(place, needed=((inside,), (outside,)))) == long


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x()\n«y()»\nz()\n", "x()\nz()\n"),
        ("if a:\n    «y()»\n", "if a:\n    pass\n"),
        ("@a\n@«b()»\ndef f(): pass\n", "@a\ndef f(): pass\n"),
        ("x(); «y()»\n", None),
        ("«y()»  # why\n", None),
    ],
)
def test_a_statement_or_decorator_goes(before: str, after: str | None) -> None:
    text, place = marked(before)
    assert fixed(text, Delete(place)) == after
