"""Programs that nobody wrote: real ones with bytes cut out or put in, or with parts of others in their tree."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PIECES = [
    b"(", b")", b"[", b"]", b"{", b"}", b":", b"\n", b"    ", b"\t", b'"', b"'", b'"""', b"#", b"\\", b"\\\n", b"\r",
    b"\x0c", b"\xff", b"\xe9", b"\x00", b"\xef\xbb\xbf", b"*", b"**", b"@", b":=", b"->", b"lambda: ", b"async ",
    b"await ", b"yield ", b"if ", b"else:", b"for x in y:", b"class A(A):\n", b"def f():\n", b"return ", b"import x\n",
    b"from . import *\n", b"from .. import x\n", b"global model\n", b"del model\n", b"1e999", b"0x", b"9" * 30, b"self",
    b"\xf0\x9f\x98\x80", b"nonlocal q\n", b"model", b"model.", b".requires_grad = False", b".eval()", b"try:\n",
    b"match x:\n case ", b"# -*- coding: rot13 -*-\n", b"# coding: latin-1\n", b"...", b'f"{x!r:>{w}}"',
    b"except* E:\n",
    b"type X = int\n", b" and ", b" not ", b" in ", b"[-1]", b"[::2]",
]  # fmt: skip


@cache
def sources() -> tuple[bytes, ...]:
    """The programs that the mutants come from."""
    paths = [*(ROOT / "tests" / "programs").glob("*/*.py"), *(ROOT / "rules" / "freezelint_rules").glob("*/*.py")]
    return tuple(path.read_bytes() for path in sorted(paths))


def of_bytes(dice: random.Random) -> bytes:
    """A program with a few changes that need leave no Python behind."""
    data = bytearray(dice.choice(sources()))
    for _ in range(dice.choice([1, 1, 2, 3, 8])):
        place = dice.randrange(len(data) + 1)
        end = min(len(data), place + dice.choice([1, 5, 40, 200]))
        match dice.randrange(6):
            case 0:
                del data[place:]
            case 1:
                del data[place:end]
            case 2:
                data[place:place] = dice.choice(_PIECES)
            case 3:
                data[place:place] = dice.choice(_PIECES) * dice.choice([2, 5, 50, 500])
            case 4:
                data[place:place] = data[place:end] * dice.choice([1, 2, 10])
            case _:
                other = dice.choice(sources())
                start = dice.randrange(len(other))
                data[place:place] = other[start : start + dice.choice([5, 50, 300])]
    return bytes(data)


@cache
def _trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(each) for each in sources())


@cache
def _nodes(kind: type[ast.AST]) -> tuple[Any, ...]:
    found = (node for tree in _trees() for node in ast.walk(tree) if isinstance(node, kind))
    return tuple(node for node in found if isinstance(getattr(node, "ctx", ast.Load()), ast.Load))


class _Mixing(ast.NodeTransformer):
    """Puts expressions and statements of other programs in the place of some of this one."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.often = dice.choice([0.01, 0.03, 0.1])

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field, old in ast.iter_fields(node):
            if isinstance(old, list):
                old[:] = [new for each in old for new in self._items(each)]
                if field == "body" and not old:
                    old.append(ast.Pass())
            elif isinstance(old, ast.AST):
                new = self.visit(old)
                readable = isinstance(old, ast.expr) and isinstance(getattr(old, "ctx", ast.Load()), ast.Load)
                if readable and self.dice.random() < self.often:
                    new = copy.deepcopy(self.dice.choice(_nodes(ast.expr)))
                setattr(node, field, new)
        return node

    def _items(self, item: Any) -> list[Any]:
        if not isinstance(item, ast.AST):
            return [item]
        new = self.visit(item)
        if not isinstance(item, ast.stmt) or self.dice.random() >= self.often:
            return [new]
        other = copy.deepcopy(self.dice.choice(_nodes(ast.stmt)))
        return self.dice.choice([[other], [other, new], [], [copy.deepcopy(new), new]])


def of_trees(dice: random.Random) -> bytes:
    """A program that is Python, made of the parts of several."""
    while True:
        tree = _Mixing(dice).visit(copy.deepcopy(dice.choice(_trees())))
        try:
            text = ast.unparse(ast.fix_missing_locations(tree))
            ast.parse(text)
        except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError):
            continue  # some mixtures are no Python: `return` outside, an expression where a pattern should stand
        return text.encode("utf-8", "surrogatepass")


def written(folder: Path, made: Iterator[bytes]) -> Path:
    """The programs as files of several packages."""
    for number, data in enumerate(made):
        file = folder / f"package{number % 10}" / f"mutant{number}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
