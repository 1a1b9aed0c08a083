"""Makes Python of what IPython adds to it: magics, shell lines, help.

Lines stay lines and code keeps its columns, so that places and edits hold for what the user wrote. Code that a magic
runs as it is (`%time model.train()`) stays code; all else that is no Python is left out.
"""

from __future__ import annotations

import re

from .lexing import TOKEN

_MAY_HOLD = re.compile(r"^[ \t]*[%!?]|\?[ \t]*(?:$|\#)|=[ \t]*[%!]", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w*)")
# Cell magics that run the cell in the notebook itself. Others write it to a file, or hand it to another program.
_RUNS_THE_CELL = frozenset({"time", "timeit", "capture", "prun", "memit", "heat", "snakeviz", "scalene"})

_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?:"
    r"%(?P<code>time|prun)[ \t]+(?=[^\s\-])"
    r"|(?P<magic>[%!?][^\n]*)"
    r"|(?P<help>%?[\w.\[\]*]+\?{1,2}[ \t]*(?:\#[^\n]*)?(?=\n|\Z))"
    r"|(?P<target>[\w.\[\]'\", \t*]+?=[ \t]*)(?P<value>[%!][^\n]*)"
    r")"
)
_UNKNOWN = "get_ipython()"


def plain_python(cell: str) -> str:
    """The text of a cell (line ends as `\\n`) as Python with as many lines; empty lines where it runs elsewhere."""
    if not _MAY_HOLD.search(cell):
        return cell
    magic = _CELL_MAGIC.match(cell)
    if magic is not None:
        if magic["name"] not in _RUNS_THE_CELL:
            return "\n" * cell.count("\n")
        _, newline, rest = cell[magic.end() :].partition("\n")
        return "\n" * cell[: magic.end()].count("\n") + newline + plain_python(rest)
    return "".join(_lines(cell))


def _lines(cell: str) -> list[str]:
    """The cell in pieces, each a logical line or a magic."""
    pieces: list[str] = []
    position = 0
    while position < len(cell):
        match = _LINE.match(cell, position)
        if match is None:
            end = _end_of_logical_line(cell, position)
            pieces.append(cell[position:end])
        elif match["code"] is not None:
            # The magic becomes a statement that is as long and does nothing.
            pieces.append(match["indent"] + "pass;".ljust(match.end() - match.end("indent")))
            end = _end_of_logical_line(cell, match.end())
            pieces.append(cell[match.end() : end])
        else:
            end = _end_of_joined_lines(cell, position)
            pieces.append(_instead(match) + "\n" * cell.count("\n", position, end))
        position = end
    return pieces


def _instead(match: re.Match[str]) -> str:
    """What stands for a line that is no Python."""
    if match["target"] is not None:
        return f"{match['indent']}{match['target']}{_UNKNOWN}"
    # In a block something has to be left.
    return f"{match['indent']}pass" if match["indent"] else ""


def _end_of_logical_line(text: str, position: int) -> int:
    """Where the statement that starts here ends, its line end included."""
    depth = 0
    for match in TOKEN.finditer(text, position):
        token = match[0]
        if token == "\n" and depth <= 0:
            return match.end()
        if len(token) == 1:
            depth += (token in "([{") - (token in ")]}")
    return len(text)


def _end_of_joined_lines(text: str, position: int) -> int:
    """Where a magic ends: a backslash at the end of its line joins the next one."""
    end = position
    while True:
        newline = text.find("\n", end)
        if newline < 0:
            return len(text)
        end = newline + 1
        if not text[position:newline].endswith("\\"):
            return end
        position = end
