"""Reads the found files and sorts them: those that mention training go to the analysis, broken ones become problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from freezelint.core.findings import Problem
from freezelint.discovery import FoundFile
from freezelint.run.syntax import cell_problem, syntax_problem
from freezelint.source.files import SourceFile, UnreadableSource, read_bytes, source_of
from freezelint.source.screening import mentions_suppression, mentions_training

SYNTAX_BUDGET = 512 * 1024
"""Up to how many bytes, of files with and of files without training code, are parsed only to see what is broken."""

LONGEST_LOOK = 4 * 1024 * 1024
"""Beyond so many characters a file is not parsed for that even where the user named it."""


class Reading(msgspec.Struct, frozen=True):
    """The files worth an analysis, those of the others that may hold suppressions, and what is wrong with any file."""

    training: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    commented: tuple[SourceFile, ...] = ()
    size: int = 0
    """How many bytes were read."""


class _Content(msgspec.Struct, frozen=True):
    """A file as it was read."""

    file: FoundFile
    data: bytes


def read_files(
    found: Iterable[FoundFile],
    instead: Mapping[str, bytes] | None = None,
    read: Callable[[str], bytes] = read_bytes,
) -> Reading:
    """Read and screen the files. A file without a word of training is not even decoded, unless the run is small.

    `instead` has contents that are taken for those of the files on disk, by shown path; `read` reads these.
    """
    instead = instead or {}
    problems: list[Problem] = []
    training: list[_Content] = []
    others: list[_Content] = []
    commented: list[_Content] = []
    size = whole = 0
    for file in found:
        known = instead.get(file.display)
        content = _content(file, read) if known is None else _Content(file=file, data=known)
        if isinstance(content, Problem):
            problems.append(content)
            continue
        whole += len(content.data)
        if mentions_training(content.data):
            training.append(content)
        else:
            size += len(content.data)
            # Beyond the budget the bytes need not be kept either.
            if file.named or size <= SYNTAX_BUDGET:
                others.append(content)
            if mentions_suppression(content.data):
                commented.append(content)
    _, broken_others = _decoded(others, small=size <= SYNTAX_BUDGET)
    sources, broken = _decoded(training, small=sum(len(content.data) for content in training) <= SYNTAX_BUDGET)
    # What is broken in them was told above, if it was looked at.
    silenced, _ = _decoded(commented, small=False)
    return Reading(training=sources, problems=(*problems, *broken, *broken_others), commented=silenced, size=whole)


def _content(file: FoundFile, read: Callable[[str], bytes]) -> _Content | Problem:
    try:
        return _Content(file=file, data=read(file.path))
    except UnreadableSource as error:
        return _problem(file, error)


def _decoded(contents: list[_Content], *, small: bool) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """The sound files, and the problems of the others. The syntax is looked at where the user named the file, or
    all are `small`: the analysis parses only the parts that matter to it, and would miss what is broken elsewhere.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    contents.reverse()
    while contents:
        # The bytes of a file go as soon as its text is there: both of all files at once would be twice as much.
        content = contents.pop()
        path = content.file.display
        try:
            source = source_of(content.data, path)
        except UnreadableSource as error:
            problems.append(_problem(content.file, error))
            continue
        if source.notebook is not None:
            # Always: what is left open in one cell would swallow the next ones.
            problem = cell_problem(source)
        else:
            looks = (small or content.file.named) and len(source.text) <= LONGEST_LOOK
            problem = syntax_problem(path, source.text) if looks else None
        if problem is None:
            sources.append(source)
        else:
            problems.append(problem)
    return tuple(sources), tuple(problems)


def _problem(file: FoundFile, error: UnreadableSource) -> Problem:
    return Problem(path=file.display, message=error.message, line=error.line, column=error.column, code="FRZ902")
