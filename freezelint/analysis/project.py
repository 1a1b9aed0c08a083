"""The project: its files as modules, found by path or by import, lowered piece by piece on demand.

A module is split into its top-level chunks when it is first needed, and a chunk is lowered when something asks for a
name that it binds. Imports are resolved on disk, next to the importing file, from the root of its package and from
the given import roots; what is not found there is a library's, and nothing is ever imported.

Whoever works with the project can have it written down what the result rests on: which files, and which paths that
were looked up in vain (`Project.recording`).
"""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Protocol

import msgspec

from freezelint.core.findings import Problem
from freezelint.core.spans import Span
from freezelint.core.stages import Stages
from freezelint.source import ir
from freezelint.source.files import Source, SourceFile, UnreadableSource, read_source
from freezelint.source.lowering import SourceSyntaxError, lower
from freezelint.source.outline import Chunk, line_starts, outline

_INSTALLED = ("site-packages", "dist-packages")
"""Folders in which each package is a project of its own."""


class Question(msgspec.Struct, frozen=True):
    """Whether a text holds a word, and in it what fits a pattern."""

    word: str
    pattern: str

    def fits(self, text: str) -> bool:
        """The answer for a text."""
        return self.word in text and re.search(self.pattern, text, re.MULTILINE) is not None


class Answers(Protocol):
    """Remembers what was asked of files."""

    def answer(self, path: str, question: Question) -> bool | None:
        """The answer for the given file at an absolute path, where it is known."""

    def keep_answer(self, path: str, question: Question, answer: bool, /) -> None:
        """Remember an answer."""


class Rests:
    """What a result rests on: absolute paths of files with their contents, paths at which there was nothing, paths at
    which there was a file whatever it holds, what is broken in the files, and questions to all given files."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.absent: set[str] = set()
        self.present: set[str] = set()
        self.problems: set[Problem] = set()
        self.asked: dict[Question, bool] = {}

    def rest_on(self, module: ProjectModule) -> None:
        """Rest on a file, and on where it stands."""
        self.files.add(module.absolute)
        self.absent |= module.rests.absent
        self.present |= module.rests.present

    def add(self, other: Rests) -> None:
        """Rest on all that the other rests on."""
        self.files |= other.files
        self.absent |= other.absent
        self.present |= other.present
        self.problems |= other.problems
        self.asked.update(other.asked)


class ProjectModule:
    """One file: `name` is its dotted module name as far as packages tell, `path` its path as displayed."""

    def __init__(self, source: Source, package: Package, project: Project) -> None:
        self.path = source.path
        self.absolute = package.absolute
        self.name = package.name
        self.package_root = package.root
        self.rests = package.rests
        self.text = source.text
        self.is_notebook = source.notebook is not None
        self.is_package = os.path.basename(self.absolute) == "__init__.py"
        self.project = project
        with project.stages("outline"):
            self.chunks: tuple[Chunk, ...] = outline(self.text)
        project.stages.count("files outlined")
        self._problems: dict[int, Problem] = {}
        self._lowered: dict[int, tuple[ir.Statement, ...]] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, chunk in enumerate(self.chunks):
            for bound in chunk.names:
                self._by_name.setdefault(bound, []).append(number)

    def binders(self, name: str) -> Sequence[int]:
        """The chunks that bind a name, in order."""
        return self._by_name.get(name, ())

    def star_imports(self) -> Iterator[tuple[ProjectModule, ir.ImportFrom]]:
        """The module and its `from x import *` statements, one after the other."""
        for number in self._by_name.get("*", ()):
            for statement in self.statements(number):
                if isinstance(statement, ir.ImportFrom) and any(each.name == "*" for each in statement.names):
                    yield self, statement

    def statements(self, number: int) -> tuple[ir.Statement, ...]:
        """A chunk, lowered. A chunk that does not parse is empty, and whoever records learns of the problem."""
        found = self._lowered.get(number)
        if found is None:
            found = self._lowered[number] = self._lower(number)
        if number in self._problems:
            self.project.resting.problems.add(self._problems[number])
        return found

    def _lower(self, number: int) -> tuple[ir.Statement, ...]:
        chunk, stages = self.chunks[number], self.project.stages
        if chunk.kind == "assign" and len(chunk.text) > LONGEST_VALUE:
            stages.count("values too long to be read")
            return _unknown_values(chunk)
        stages.count("bytes lowered", len(chunk.text))
        try:
            with stages("lower"):
                return lower(chunk.text, first_line=chunk.first_line)
        except SourceSyntaxError as error:
            self._problems[number] = Problem(
                path=self.path, message=error.message, line=error.line, column=error.column, code="FRZ902"
            )
            return ()

    def is_broken(self, name: str) -> bool:
        """Whether statements do not parse that may bind the name: a file that is broken as a whole has but one."""
        numbers = self.binders(name) or (range(1) if len(self.chunks) == 1 else ())
        return any(not self.statements(number) and number in self._problems for number in numbers)

    @cached_property
    def _line_starts(self) -> array[int]:
        return line_starts(self.text)

    def lines(self, first: int, last: int) -> str:
        """The text from one line to another, both included; what is beyond the file is left out."""
        starts = self._line_starts
        last = min(last, len(starts) - 1)
        return self.text[starts[first - 1] : starts[last] - 1] if 0 < first <= last else ""

    def end_of_statement(self, line: int) -> int:
        """The last line of the top-level statement in which a line stands."""
        number = bisect_right(self.chunks, line, key=lambda chunk: chunk.first_line) - 1
        return self.chunks[number].last_line if number >= 0 else len(self._line_starts) - 1

    def text_of(self, name: str) -> str:
        """The source of the last top-level definition of this name; the whole file where there is none."""
        numbers = self.binders(name)
        return self.chunks[numbers[-1]].text if numbers else self.text

    def definition(self, name: str) -> ir.FunctionDef | ir.ClassDef | None:
        """The last top-level function or class of this name."""
        for number in reversed(self.binders(name)):
            for statement in reversed(self.statements(number)):
                if isinstance(statement, (ir.FunctionDef, ir.ClassDef)) and statement.name == name:
                    return statement
        return None


LONGEST_VALUE = 1_000_000
"""How many characters a statement may have that only gives names a value: a longer one is a table, and to read it
would take longer than all the rest."""


def _unknown_values(chunk: Chunk) -> tuple[ir.Statement, ...]:
    """The names of an assignment, bound to values that are not known."""
    at = ir.Position(chunk.first_line, 1, chunk.first_line, 1)
    return tuple(ir.Assign((ir.Name(name, at),), ir.Opaque((), at), None, at) for name in chunk.names)


class Package:
    """Where a file stands: its path, its dotted name, the folder of its package, and what that is known from."""

    def __init__(self, absolute: str) -> None:
        self.absolute = absolute
        self.rests = Rests()
        folder, file = os.path.split(absolute)
        stem = file.rpartition(".")[0] or file
        parts = [] if stem == "__init__" else [stem]
        while os.path.isfile(init := os.path.join(folder, "__init__.py")):
            self.rests.present.add(init)
            folder, name = os.path.split(folder)
            if not name:
                break
            parts.insert(0, name)
        else:
            self.rests.absent.add(init)
        self.root = folder
        self.name = ".".join(parts) or stem


class Project:
    """All modules that are known so far. `roots` are folders from which absolute imports are resolved. `read` reads
    files that were not given: from an absolute path and the path to show; it raises `UnreadableSource`."""

    def __init__(
        self,
        files: Iterable[Source],
        roots: Sequence[str] = (),
        *,
        read: Callable[[str, str], SourceFile] = read_source,
        answers: Answers | None = None,
        stages: Stages | None = None,
    ) -> None:
        self.roots = [os.path.abspath(root) for root in roots]
        self.stages = stages if stages is not None else Stages()
        self.resting = Rests()
        self._recording = [self.resting]
        self._read = read
        self._answers = answers
        self._answered: dict[Question, bool] = {}
        self._given = {os.path.abspath(file.path): file for file in files}
        self._modules: dict[str, ProjectModule | None] = {}
        self._found: dict[tuple[str, str], tuple[str | None, Rests]] = {}
        self._folders: dict[str, frozenset[str]] = {}
        self._stars: dict[str, tuple[tuple[ProjectModule, ...], Rests]] = {}
        self.display = _Display()

    @property
    def given(self) -> list[str]:
        """The absolute paths of the files that were given, in order."""
        return sorted(self._given)

    @property
    def sources(self) -> list[Source]:
        """The files that were given."""
        return list(self._given.values())

    @contextmanager
    def recording(self) -> Iterator[Rests]:
        """What the work within rests on; what it is part of rests on that as well."""
        outer, self.resting = self.resting, Rests()
        self._recording.append(self.resting)
        try:
            yield self.resting
        finally:
            self._recording.pop()
            outer.add(self.resting)
            self.resting = outer

    def anywhere(self, question: Question) -> bool:
        """Whether the text of a given file, or of one that the work at hand has come to, fits."""
        found = self.resting.asked[question] = self.anywhere_given(question)
        return found or any(
            question.fits(module.text)
            for rests in self._recording[1:]
            for path in rests.files - self._given.keys()
            if (module := self._modules.get(path)) is not None
        )

    def anywhere_given(self, question: Question) -> bool:
        """Whether the text of a given file fits."""
        if question not in self._answered:
            self._answered[question] = any(self._fits(path, question) for path in self._given)
        return self._answered[question]

    def _fits(self, path: str, question: Question) -> bool:
        known = None if self._answers is None else self._answers.answer(path, question)
        if known is None:
            try:
                known = question.fits(self._given[path].text)
            except UnreadableSource:
                known = False
            if self._answers is not None:
                self._answers.keep_answer(path, question, known)
        return known

    def reads_attribute(self, name: str) -> bool:
        """Whether any file reads an attribute of this name, of whatever object."""
        word = re.escape(name)
        named = rf"(?:(?:get|has)attr\([^\n]*|==\s*)[\"']{word}[\"']"
        return self.anywhere(Question(name, rf"\.{word}\b(?!\s*(?::[^=\n]*)?=[^=])|{named}"))

    def text_at(self, span: Span) -> str:
        """The lines on which a span of a file stands that the work at hand has come to."""
        module = self._modules.get(os.path.abspath(span.path))
        return module.lines(span.line, span.end_line) if module is not None else ""

    def module_at(self, absolute: str) -> ProjectModule | None:
        """The module of a file, or None where it cannot be read."""
        self.resting.files.add(absolute)
        if absolute not in self._modules:
            self._modules[absolute] = self._module(absolute)
        module = self._modules[absolute]
        if module is not None:
            self.resting.rest_on(module)
        return module

    def _module(self, absolute: str) -> ProjectModule | None:
        try:
            source = self._given.get(absolute)
            if source is None:
                source = self._read(absolute, self.display(absolute))
            return ProjectModule(source, Package(absolute), self)
        except UnreadableSource:
            return None

    def imported(self, importer: ProjectModule, target: str, level: int) -> ProjectModule | None:
        """The project's module that `importer` calls `target` (`level` leading dots), or None."""
        path = self._locate(importer, target, level)
        return self.module_at(path) if path is not None else None

    def star_source(self, module: ProjectModule, name: str) -> ProjectModule | None:
        """The module from which a star import of `module`, or of one it star-imports, brings the name."""
        if module.absolute not in self._stars:
            with self.recording() as rests:
                self._stars[module.absolute] = (tuple(self._star_imported(module)), rests)
        sources, rests = self._stars[module.absolute]
        self.resting.add(rests)
        return next((source for source in sources if source.binders(name)), None)

    def _star_imported(self, module: ProjectModule) -> Iterator[ProjectModule]:
        """The modules that are star-imported, and those that they star-import: each behind the one that imports it."""
        seen = {module.absolute}
        waiting = [module.star_imports()]
        while waiting:
            star = next(waiting[-1], None)
            if star is None:
                waiting.pop()
                continue
            module, statement = star
            found = self.imported(module, statement.module, statement.level)
            if found is not None and found.absolute not in seen:
                seen.add(found.absolute)
                yield found
                waiting.append(found.star_imports())

    def _locate(self, importer: ProjectModule, target: str, level: int) -> str | None:
        folder = os.path.dirname(importer.absolute)
        key = (f"{'.' * level}{target}", folder)
        known = self._found.get(key)
        if known is None:
            rests = Rests()
            known = self._found[key] = (self._search(importer, folder, target, level, rests), rests)
        self.resting.absent |= known[1].absent
        return known[0]

    def _search(self, importer: ProjectModule, folder: str, target: str, level: int, rests: Rests) -> str | None:
        parts = target.split(".") if target else []
        if level:
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            return self._module_file(folder, parts, rests)
        own = importer.name.partition(".")[0]
        for root in (importer.package_root, folder, *self.roots):
            if os.path.basename(root) in _INSTALLED and parts[:1] != [own]:
                continue  # what is installed beside it is a library, not a part of the project
            path = self._module_file(root, parts, rests)
            if path is not None:
                return path
        return None

    def _module_file(self, folder: str, parts: Sequence[str], rests: Rests) -> str | None:
        """The file of a module below a folder; what is missing where there is none goes to `rests`."""
        for part in parts[:-1]:
            inner = f"{folder}{os.sep}{part}"
            if not self._is_there(folder, part) or not os.path.isdir(inner):
                rests.absent.add(inner)
                return None
            folder = inner
        if parts:
            file = f"{folder}{os.sep}{parts[-1]}.py"
            if self._is_there(folder, f"{parts[-1]}.py") and os.path.isfile(file):
                return file
            rests.absent.add(file)
            base = f"{folder}{os.sep}{parts[-1]}"
            if not self._is_there(folder, parts[-1]) or not os.path.isdir(base):
                rests.absent.add(base)
                return None
            folder = base
        package = os.path.join(folder, "__init__.py")
        if self._is_there(folder, "__init__.py") and os.path.isfile(package):
            return package
        rests.absent.add(package if os.path.isdir(folder) else folder)
        return None

    def _is_there(self, folder: str, name: str) -> bool:
        """Whether a folder has something of this name. Most imports are looked for in many folders, and are in none:
        to list each folder once is cheaper than to ask for each name."""
        names = self._folders.get(folder)
        if names is None:
            try:
                names = frozenset(os.listdir(folder))
            except OSError:
                names = frozenset()
            self._folders[folder] = names
        return name in names


class _Display:
    """Paths as shown: relative to the current folder where they lie below it."""

    def __init__(self) -> None:
        self._base = os.getcwd() + os.sep

    def __call__(self, absolute: str) -> str:
        shown = absolute[len(self._base) :] if absolute.startswith(self._base) else absolute
        return shown.replace(os.sep, "/")
