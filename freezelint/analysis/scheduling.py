"""Which entry points a project has, and in which order they come.

The order is fixed: scripts first, then definitions that no other code mentions, then the rest. An entry point whose
functions an earlier one has interpreted is passed over, so the order decides what is found; nothing else may. All that
the order rests on are facts of single files, which can be kept as long as the file stays the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import msgspec

from freezelint.core.findings import Problem
from freezelint.source import ir
from freezelint.source.outline import Chunk
from freezelint.source.relevance import (
    bases_of,
    chunk_matters,
    freezes_when_built,
    mixes_train_in,
    starts_training,
)

from . import options
from .project import Project, ProjectModule
from .values import Place


class Definition(msgspec.Struct, frozen=True, gc=False):
    """A function or class that may be entered: where its functions stand, as (line, column) of their names. `always`
    where it is worth an entry whoever has called them."""

    name: str
    functions: tuple[tuple[int, int], ...]
    always: bool


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A top-level statement that defines what may be entered, and all the names it binds."""

    first_line: int
    names: tuple[str, ...]
    definitions: tuple[Definition, ...]


class Heir(msgspec.Struct, frozen=True, gc=False):
    """A class that is to be entered if one of its bases freezes in its constructor, as it may do itself."""

    first_line: int
    names: tuple[str, ...]
    bases: tuple[str, ...]
    freezes: bool
    known: bool
    """Whether it is to be entered anyway."""
    mixes: bool
    """Whether it defines `train` for the modules that derive from it, and is none itself."""


class Facts(msgspec.Struct, frozen=True):
    """What the schedule needs to know of a file, from its contents alone. Whether it is a script may depend on whether
    it belongs to a package: `script_alone` where it does not. `options`: whether it may declare options to check."""

    script: bool
    script_alone: bool
    options: bool
    candidates: tuple[Candidate, ...]
    heirs: tuple[Heir, ...]
    problems: tuple[Problem, ...]


class Start(Enum):
    """How code starts: a file as a script, a definition, or the options that the definitions of a file declare."""

    SCRIPT = "script"
    DEFINITION = "definition"
    OPTIONS = "options"


class EntryPoint(msgspec.Struct, frozen=True):
    """Where code starts. `path` is absolute; `name` is that of a definition."""

    path: str
    kind: Start
    name: str = ""
    functions: tuple[Place, ...] = ()
    always: bool = True

    def key(self, path: str) -> str:
        """The entry point in a word, for a file that is shown as `path`."""
        match self.kind:
            case Start.SCRIPT:
                return path
            case Start.DEFINITION:
                return f"{path}::{self.name}"
            case Start.OPTIONS:
                return f"{path}::definitions"

    def is_due(self, visited: set[Place]) -> bool:
        """Whether it is to be entered after those entry points that interpreted these functions."""
        return self.always or any(place not in visited for place in self.functions)


def facts_of(module: ProjectModule) -> Facts:
    """The facts of a file; lowers the definitions that may be entered."""
    with module.project.recording() as rests:
        candidates = tuple(
            _candidate(module, chunk)
            for chunk in module.chunks
            if chunk.kind in ("function", "class") and starts_training(chunk.text)
        )
    known = {each.first_line for each in candidates}
    script, alone = scripts(module)
    return Facts(
        script=script,
        script_alone=alone,
        options=options.declares_options(module),
        candidates=candidates,
        heirs=tuple(_heir(chunk, known) for chunk in module.chunks if chunk.kind == "class"),
        problems=tuple(sorted(rests.problems, key=lambda problem: (problem.line or 0, problem.column or 0))),
    )


def _heir(chunk: Chunk, known: set[int]) -> Heir:
    bases = tuple(sorted(bases_of(chunk.text)))
    return Heir(chunk.first_line, chunk.names, bases, freezes_when_built(chunk.text), chunk.first_line in known,
                mixes_train_in(chunk.text))  # fmt: skip


def _candidate(module: ProjectModule, chunk: Chunk) -> Candidate:
    return Candidate(chunk.first_line, chunk.names, tuple(_definitions(module, chunk.names)))


def _definitions(module: ProjectModule, names: Iterable[str]) -> Iterator[Definition]:
    for name in names:
        node = module.definition(name)
        if isinstance(node, ir.FunctionDef):
            yield Definition(name, ((node.at.line, node.at.column),), always=False)
        elif isinstance(node, ir.ClassDef):
            methods = [each for each in node.body if isinstance(each, ir.FunctionDef)]
            places = tuple((each.at.line, each.at.column) for each in methods)
            yield Definition(name, places, always=any(each.name == "train" for each in methods))


Mentions = Mapping[str, Mapping[str, tuple[int, ...]]]
"""By the absolute path of a file and a name: the first lines of the statements in it that mention the name."""


class Schedule:
    """The order of the entry points of the given files, which have these facts."""

    def __init__(self, project: Project, facts: Mapping[str, Facts]) -> None:
        self._project = project
        self._facts = facts
        self.problems: tuple[Problem, ...] = ()
        """What is broken in the definitions that may be entered."""
        with project.recording() as rests:
            self._candidates = [(path, each) for path in sorted(facts) for each in facts[path].candidates]
            self._candidates += self._heirs()
        self.problems = (*(each for path in sorted(facts) for each in facts[path].problems), *rests.problems)
        self.names = frozenset(name for _, each in self._candidates for name in each.names)
        """The names of the definitions that may be entered: what matters of them is who mentions them."""

    def _heirs(self) -> Iterator[tuple[str, Candidate]]:
        """The classes, beside the candidates, that derive from one which freezes in its constructor, or directly from
        one that gives them a `train`."""
        heirs = [(path, heir) for path in sorted(self._facts) for heir in self._facts[path].heirs]
        mixed = {name for _, heir in heirs if heir.mixes for name in heir.names}
        self._mixed = {(path, heir.first_line) for path, heir in heirs if not mixed.isdisjoint(heir.bases)}
        freezing = {name for _, heir in heirs if heir.freezes for name in heir.names} | mixed
        seen = {(path, heir.first_line) for path, heir in heirs if heir.known}
        while freezing:
            more = [
                (path, heir) for path, heir in heirs
                if (path, heir.first_line) not in seen and not freezing.isdisjoint(heir.bases)
            ]  # fmt: skip
            for path, heir in more:
                module = self._project.module_at(path)
                for chunk in module.chunks if module is not None else ():
                    if module is not None and chunk.first_line == heir.first_line:
                        yield path, _candidate(module, chunk)
            seen.update((path, heir.first_line) for path, heir in more)
            freezing = {name for _, heir in more for name in heir.names}

    def mentions(self, paths: Iterable[str]) -> Mentions:
        """Which of the names these files mention."""
        modules = ((path, self._project.module_at(path)) for path in paths)
        return {path: mentions_in(module, self.names) for path, module in modules if module is not None}

    def points(self, mentions: Mentions) -> Iterator[EntryPoint]:
        """All entry points in their order: scripts, definitions that nothing mentions, other definitions, options."""
        for path in sorted(self._facts):
            facts = self._facts[path]
            if facts.script or (facts.script_alone and _stands_alone(path)):
                yield EntryPoint(path, Start.SCRIPT)
        places: dict[str, set[tuple[str, int]]] = {}
        for path, names in mentions.items():
            for name, lines in names.items():
                places.setdefault(name, set()).update((path, line) for line in lines)
        called: list[tuple[str, Candidate]] = []
        for path, candidate in self._candidates:
            here = {(path, candidate.first_line)}
            if any(places.get(name, here) - here for name in candidate.names):
                called.append((path, candidate))
            else:
                yield from self._entered(path, candidate)
        for path, candidate in called:
            yield from self._entered(path, candidate)
        for path in sorted(self._facts):
            if self._facts[path].options:
                yield EntryPoint(path, Start.OPTIONS)

    def _entered(self, path: str, candidate: Candidate) -> Iterator[EntryPoint]:
        mixed = (path, candidate.first_line) in self._mixed
        for each in candidate.definitions:
            places = tuple((path, line, column) for line, column in each.functions)
            yield EntryPoint(path, Start.DEFINITION, each.name, places, each.always or mixed)


def _stands_alone(path: str) -> bool:
    """Whether a file belongs to no package."""
    return not os.path.isfile(os.path.join(os.path.dirname(path), "__init__.py"))


def mentions_in(module: ProjectModule, names: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """Which of the names the statements of a file mention, apart from imports and `__all__`: their first lines."""
    lines: dict[str, list[int]] = {}
    for chunk in module.chunks:
        if chunk.kind == "import" or "__all__" in chunk.names:
            continue
        for name in names.intersection(_WORD.findall(chunk.text)):
            lines.setdefault(name, []).append(chunk.first_line)
    return {name: tuple(each) for name, each in lines.items()}


_WORD = re.compile(r"[A-Za-z_]\w*")


def scripts(module: ProjectModule) -> tuple[bool, bool]:
    """Whether the file does something at module level that may matter (it trains there, or calls what does): where it
    belongs to a package, and where it stands alone."""
    if module.is_notebook:
        return True, True
    if module.is_package:
        return ("__main__" in module.text,) * 2
    alone = False
    live: set[str] | None = None
    for chunk in module.chunks:
        if chunk.kind not in ("statement", "assign"):
            continue
        if chunk.text.lstrip().startswith(_STRINGS) or (chunk.kind == "assign" and chunk.names and not _calls(chunk)):
            continue
        if chunk_matters(chunk.text) or "__main__" in chunk.text:
            return True, True
        if chunk.kind == "statement" and _ACTS.match(chunk.text) is not None:
            return True, True
        if (chunk.kind == "statement" or not chunk.names) and not chunk.text.lstrip().startswith(_QUIET):
            alone = True
        if live is None:
            live = _live(module)
        if any(f"{name}(" in chunk.text for name in live.intersection(_WORD.findall(chunk.text))):
            return True, True
    return False, alone


def _live(module: ProjectModule) -> set[str]:
    """The functions and classes of a file that have to do with training, and what derives from such classes."""
    live = {
        name for chunk in module.chunks if chunk.kind in ("function", "class") and chunk_matters(chunk.text)
        for name in chunk.names
    }  # fmt: skip
    for chunk in module.chunks:
        if chunk.kind == "class" and bases_of(chunk.text) & live:
            live.update(chunk.names)
    return live


def _calls(chunk: Chunk) -> bool:
    """Whether an assignment calls anything, rather than naming a text or a table."""
    if ";" in chunk.text:
        return True  # other statements may share the line
    _, _, value = chunk.text.partition("=")
    return not value.lstrip(" (\\\n").startswith(_STRINGS) and _CALL.search(value) is not None


_STRINGS = ('"', "'", 'r"', "r'")
_CALL = re.compile(r"[\w\])]\(")
_QUIET = (
    '"',
    "'",
    "try:",
    "logger",
    "warnings.",
    "pass",
    "assert",
    "sys.path",
    "if TYPE_CHECKING",
    "logging.",
    "print(",
)
_ACTS = re.compile(
    r"(?:main|run|cli|train|app|fire\.Fire)\(|(?:for|while)\b|\w+\.(?:fit|train|run\w*|main|train_\w+)\("
)
