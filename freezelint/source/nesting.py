"""Tells whether code nests so deeply that LibCST's parser would overflow its stack, which ends the whole process.

Measured with the usual stack of 8 MB: it stands 1,000 nested brackets and 3,000 links in a chain of operators, and
dies at three times as many. Asked only of text that `ast` refuses.
"""

from __future__ import annotations

from .lexing import TOKEN

_DEEPEST_BRACKETS = 200
_LONGEST_LINE = 20_000


def nests_too_deeply(text: str) -> bool:
    """Whether some expression of the text is too deep, judged by brackets and the length of logical lines alone."""
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
