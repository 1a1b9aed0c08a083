"""Tells whether code nests so deeply that LibCST's parser would overflow its stack, which ends the whole process.

Measured with the usual stack of 8 MB: it stands 1,000 nested brackets and 3,000 links in a chain of operators, and
dies at three times as many. `ast` refuses most such code itself, but how much depends on the version of Python, and
some chains are flat in `ast` but nested in LibCST (`a and b and ...`, implicit concatenation, `import a.b.c`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import accumulate

from .lexing import TOKEN

_DEEPEST = 1000
_DEEPEST_BRACKETS = 200
_LONGEST_LINE = 20_000
# A chain of so many links cannot be written in less.
_SHORT = 2 * _DEEPEST


def nests_too_deeply(tree: ast.Module, text: str) -> bool:
    """Whether an expression of `tree` is too deep; only statements of some size are looked at closely."""
    return len(text) > _SHORT and any(_depth(node) > _DEEPEST for node in _long_parts(tree, text))


def text_nests_too_deeply(text: str) -> bool:
    """The same for text that `ast` refuses, from brackets and the length of logical lines alone."""
    depth, start = 0, 0
    for match in TOKEN.finditer(text):
        token = match[0]
        if token in "([{":
            depth += 1
            if depth > _DEEPEST_BRACKETS:
                return True
        elif token in ")]}":
            depth = max(depth - 1, 0)
        elif token == "\n" and depth == 0:
            if match.start() - start > _LONGEST_LINE:
                return True
            start = match.end()
    return len(text) - start > _LONGEST_LINE


def _long_parts(tree: ast.Module, text: str) -> Iterator[ast.AST]:
    """The simple statements and the expressions in headers that are long enough to be deep."""
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt | ast.expr):
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            if end - starts[node.lineno - 1] - node.col_offset < _SHORT:
                continue
            if isinstance(node, ast.expr) or not hasattr(node, "body"):
                yield node
                continue
        pending.extend(ast.iter_child_nodes(node))


def _depth(root: ast.AST) -> int:
    """The depth below `root` as LibCST nests it."""
    deepest = 0
    pending = [(root, 0)]
    while pending:
        node, depth = pending.pop()
        match node:
            case ast.BoolOp():
                depth += len(node.values)
            case ast.Import():
                depth += max(alias.name.count(".") for alias in node.names)
            case ast.ImportFrom():
                depth += (node.module or "").count(".")
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest
