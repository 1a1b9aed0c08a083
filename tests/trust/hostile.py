"""Texts that were made to crash a program that reads Python, or to keep it busy for ever."""

from __future__ import annotations

_TOP = "import torch\nfrom torch import nn\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"


def _nested(lines: int, head: str, indent: str = "    ") -> str:
    body = "".join(indent * depth + head.format(depth) for depth in range(lines))
    return f"{body}{indent * lines}model.requires_grad = False\n"


_CALLS = "".join(f"def f{i}(m):\n    f{i - 1}(m)\n    f{i - 1}(m)\n" for i in range(1, 40))
_BASES = "".join(f"class A{i}(A{i - 1}):\n    def __init__(self):\n        super().__init__()\n" for i in range(1, 800))

TEXTS: dict[str, str] = {
    "brackets": f"x = {'(' * 10000}1{')' * 10000}\n",
    "brackets that are never closed": "x = " + "[" * 100000,
    "brackets that may just be parsed": f"x = {'(' * 150}model{')' * 150}\nx.requires_grad = False\n",
    "operators before": "x = " + "not " * 20000 + "model\n",
    "operators between": f"x = {'+'.join(['model'] * 20000)}\n",
    "conditions": f"if {' and '.join(f'a{i} or model' for i in range(400))}:\n    model.eval()\n",
    "attributes": f"x = model{'.a' * 20000}\n",
    "attributes that may just be parsed": f"x = model{'.a' * 900}\nx.requires_grad = False\n",
    "calls in a row": f"model{'.eval()' * 400}\n",
    "indexes": f"x = model{'[0]' * 5000}\n",
    "elif": "if a == 0:\n    pass\n" + "".join(f"elif a == {i}:\n    model.eval()\n" for i in range(1, 400)),
    "cases": "match x:\n" + "".join(f"    case {i}:\n        model.eval()\n" for i in range(300)),
    "conditional freezes": "".join(f"if a{i}:\n    model.requires_grad_(b{i})\n" for i in range(400)),
    "blocks": _nested(95, "if model:\n"),
    "blocks in blocks": _nested(200, "if model:\n", " "),
    "functions in functions": _nested(90, "def f{0}():\n") + "f0()\n",
    "loops in loops": _nested(18, "for i{0} in range(3):\n"),
    "bases": f"class A0(nn.Module): pass\n{_BASES}m = A799()\nm.requires_grad = False\n",
    "a class that is its own base": "class A(A):\n    pass\nm = A()\nm.requires_grad = False\n",
    "classes that are each other's base": "class A(B):\n    pass\nclass B(A):\n    pass\nm = A()\nm.eval()\n",
    "recursion": "def f(m):\n    f(m)\n    g(m)\ndef g(m):\n    f(m)\n    g(f(g(m)))\nf(model)\n",
    "calls that double": f"def f0(m):\n    m.requires_grad = False\n{_CALLS}f39(model)\n",
    "a list that holds itself": "a = []\na.append(a)\nfor x in a:\n    for y in x:\n        y.eval()\nmodel(a)\n",
    "a module that holds itself": "model.me = model\nfor m in model.modules():\n    m.eval()\nmodel.me.me.eval()\n",
    "a list that doubles": "a = [model]\n" + "a = a + a\n" * 64 + "for m in a:\n    m.requires_grad = False\n",
    "a list that doubles itself": "a = [model]\n" + "a += a\n" * 64 + "for m in a:\n    m.requires_grad = False\n",
    "a text that doubles": "a = 'a'\n" + "a = a + a\n" * 64 + "model.requires_grad_('b' in a)\n",
    "an expression that doubles": "a = x\n" + "a = a * a + a\n" * 200 + "if a:\n    model.eval()\n",
    "a long line": f"x = [{','.join(['model'] * 50000)}]\n",
    "a long text": f"x = '{'a' * 5_000_000}'\n",
    "a long comment": "# " + "freezelint: ignore[FRZ101] " * 30000 + "\n",
    "many lines": "model.eval()\n" * 10000,
    "many layers": f"model = nn.Sequential({','.join(['nn.Linear(2, 2)'] * 2000)})\nmodel.requires_grad_(False)\n",
    "large numbers": "x = 9**9**9**9\ny = 'a' * (10**12)\nz = [0] * 10**12\nw = 1 << 10**12\n"
    "model.requires_grad_(x == y)\n",
    "long numbers": f"x = {'9' * 10000}\nmodel.requires_grad_(x)\n",
    "large ranges": "for i in range(10**18):\n    model.eval()\nnn.Sequential(*[nn.ReLU() for _ in range(10**9)])\n",
    "wide fields": "x = '%1000000000d' % 3\ny = f'{3:1000000000d}'\nz = '{:>1000000000}'.format(3)\n"
    "q = 'a'.ljust(10**10)\n",
    "slow patterns": "import re\nfor n, p in model.named_parameters():\n"
    "    if re.match(r'(\\w|\\w)*!$', n + 'a' * 60) or re.match('(', n):\n        print(p)\n",
    "decorators": "@a\n" * 2000 + "def f(m):\n    m.requires_grad = False\nf(model)\n",
    "half a character": "x = '\\ud800'\nfor n, p in model.named_parameters():\n    if x in n:\n"
    "        p.requires_grad = False\n",
}
"""What comes after a program with one mistake, by what is odd about it."""

PROGRAMS = {name: (_TOP + text).encode("utf-8") for name, text in TEXTS.items()}

CODECS = (
    "rot13", "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "hex", "zlib", "mbcs",
    "oem", "utf-16", "utf-32", "../../etc/passwd", "os", "torch", "a" * 100000, "\x00", "latin-1", "cp037",
)  # fmt: skip
ENCODED = {
    **{f"coding: {name[:20]}": f"# coding: {name}\n{_TOP}".encode() for name in CODECS},
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + _TOP.encode(),
    "utf-16": _TOP.encode("utf-16"),
    "utf-32": _TOP.encode("utf-32"),
    "null": _TOP.encode() + b"\0",
    "null in a text": _TOP.encode() + b"x = '\0'\n",
    "carriage returns": _TOP.replace("\n", "\r").encode(),
    "form feeds": _TOP.replace("\n", "\n\x0c").encode(),
    "line separators": _TOP.replace("\n", "\u2028\n").encode(),
    "composed names": _TOP.replace("model", "mo\u0301del").encode(),
    "ligatures": _TOP.replace("model", "\ufb01eld").encode(),
    "a surrogate": _TOP.encode() + b"x = '\xed\xa0\x80'\n",
    "half a character": _TOP.encode() + b"x = '\xe2\x82",
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
}
