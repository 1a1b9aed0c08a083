"""The project: its files as modules, found by path or by import, lowered piece by piece on demand.

A module is split into its top-level chunks when it is first needed, and a chunk is lowered when something asks for a
name that it binds. Imports are resolved on disk, next to the importing file, from the root of its package and from
the given import roots; what is not found there is a library's, and nothing is ever imported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from freezelint.core.findings import Problem
from freezelint.core.spans import Span
from freezelint.source import ir
from freezelint.source.files import SourceFile, UnreadableSource, read_source
from freezelint.source.lowering import SourceSyntaxError, lower
from freezelint.source.outline import Chunk, outline


class ProjectModule:
    """One file: `name` is its dotted module name as far as packages tell, `path` its path as displayed."""

    def __init__(self, source: SourceFile, absolute: str, name: str, package_root: str, *, given: bool) -> None:
        self.path = source.path
        self.absolute = absolute
        self.name = name
        self.package_root = package_root
        self.given = given
        self.text = source.text
        self.is_notebook = source.notebook is not None
        self.is_package = os.path.basename(absolute) == "__init__.py"
        self.chunks: tuple[Chunk, ...] = outline(source.text)
        self.problem: Problem | None = None
        self._lowered: dict[int, tuple[ir.Statement, ...]] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, chunk in enumerate(self.chunks):
            for bound in chunk.names:
                self._by_name.setdefault(bound, []).append(number)

    def binders(self, name: str) -> Sequence[int]:
        """The chunks that bind a name, in order."""
        return self._by_name.get(name, ())

    def star_imports(self) -> Iterator[ir.ImportFrom]:
        """The `from x import *` statements of the module."""
        for number in self._by_name.get("*", ()):
            for statement in self.statements(number):
                if isinstance(statement, ir.ImportFrom) and any(each.name == "*" for each in statement.names):
                    yield statement

    def statements(self, number: int) -> tuple[ir.Statement, ...]:
        """A chunk, lowered. A chunk that does not parse is empty, and the module's problem says where."""
        found = self._lowered.get(number)
        if found is None:
            chunk = self.chunks[number]
            try:
                found = lower(chunk.text, first_line=chunk.first_line)
            except SourceSyntaxError as error:
                found = ()
                if self.problem is None:
                    self.problem = Problem(
                        path=self.path, message=error.message, line=error.line, column=error.column, code="FRZ902"
                    )
            self._lowered[number] = found
        return found

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.split("\n")

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


class Project:
    """All modules that are known so far. `roots` are folders from which absolute imports are resolved."""

    def __init__(self, files: Iterable[SourceFile], roots: Sequence[str] = ()) -> None:
        self.roots = [os.path.abspath(root) for root in roots]
        self._given = {os.path.abspath(file.path): file for file in files}
        self._modules: dict[str, ProjectModule | None] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._stars: dict[tuple[str, str], ProjectModule | None] = {}
        self._readers: dict[tuple[str, str], bool] = {}
        self.display = _Display()

    def given(self) -> list[ProjectModule]:
        """The modules of the files that were given, in the order of their paths."""
        modules = (self.module_at(path) for path in sorted(self._given))
        return [module for module in modules if module is not None]

    def reads_attribute(self, name: str) -> bool:
        """Whether a file that is known so far reads an attribute of this name, of whatever object."""
        return any(self._reads(module, name) for module in self._modules.values() if module is not None)

    def _reads(self, module: ProjectModule, name: str) -> bool:
        key = (module.absolute, name)
        if key not in self._readers:
            word = re.escape(name)
            named = rf"(?:(?:get|has)attr\([^\n]*|==\s*)[\"']{word}[\"']"
            reading = rf"\.{word}\b(?!\s*(?::[^=\n]*)?=[^=])|{named}"
            self._readers[key] = name in module.text and re.search(reading, module.text) is not None
        return self._readers[key]

    def text_at(self, span: Span) -> str:
        """The lines on which a span of a known file stands."""
        for module in self._modules.values():
            if module is not None and module.path == span.path:
                return "\n".join(module.lines[span.line - 1 : span.end_line])
        return ""

    def module_at(self, absolute: str) -> ProjectModule | None:
        """The module of a file, or None where it cannot be read."""
        if absolute in self._modules:
            return self._modules[absolute]
        source = self._given.get(absolute)
        module: ProjectModule | None = None
        try:
            if source is None:
                source = read_source(absolute, self.display(absolute))
            root, name = package_of(absolute)
            module = ProjectModule(source, absolute, name, root, given=absolute in self._given)
        except UnreadableSource:
            module = None
        self._modules[absolute] = module
        return module

    def imported(self, importer: ProjectModule, target: str, level: int) -> ProjectModule | None:
        """The project's module that `importer` calls `target` (`level` leading dots), or None."""
        path = self._locate(importer, target, level)
        return self.module_at(path) if path is not None else None

    def star_source(self, module: ProjectModule, name: str) -> ProjectModule | None:
        """The module from which a star import of `module`, or of one it star-imports, brings the name."""
        key = (module.absolute, name)
        if key not in self._stars:
            self._stars[key] = None  # a circle of star imports brings nothing new
            for star in module.star_imports():
                found = self.imported(module, star.module, star.level)
                if found is None or found is module:
                    continue
                if found.binders(name):
                    self._stars[key] = found
                else:
                    self._stars[key] = self.star_source(found, name)
                if self._stars[key] is not None:
                    break
        return self._stars[key]

    def _locate(self, importer: ProjectModule, target: str, level: int) -> str | None:
        folder = os.path.dirname(importer.absolute)
        key = (f"{'.' * level}{target}", folder)
        if key not in self._found:
            self._found[key] = self._search(importer, folder, target, level)
        return self._found[key]

    def _search(self, importer: ProjectModule, folder: str, target: str, level: int) -> str | None:
        parts = target.split(".") if target else []
        if level:
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            return _module_file(folder, parts)
        for root in (importer.package_root, folder, *self.roots):
            path = _module_file(root, parts)
            if path is not None:
                return path
        return None


def _module_file(folder: str, parts: Sequence[str]) -> str | None:
    base = os.path.join(folder, *parts)
    if parts and os.path.isfile(base + ".py"):
        return base + ".py"
    package = os.path.join(base, "__init__.py")
    return package if os.path.isfile(package) else None


def package_of(absolute: str) -> tuple[str, str]:
    """The folder from which the file's package is imported, and the module's dotted name from there."""
    folder, file = os.path.split(absolute)
    stem = file.rpartition(".")[0] or file
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        if not name:
            break
        parts.insert(0, name)
    return folder, ".".join(parts) or stem


class _Display:
    """Paths as shown: relative to the current folder where they lie below it."""

    def __init__(self) -> None:
        self._base = os.getcwd() + os.sep

    def __call__(self, absolute: str) -> str:
        shown = absolute[len(self._base) :] if absolute.startswith(self._base) else absolute
        return shown.replace(os.sep, "/")
