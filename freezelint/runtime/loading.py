"""Loads the user's code with the statements of findings under watch, and notes which files are loaded."""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, ModuleType
from typing import Any

from freezelint.core.claims import LeftOut, NoEffect, Raises
from freezelint.core.findings import Finding
from freezelint.runtime.binder import BIND, OVERRIDE, WATCH, Wanted, instrument
from freezelint.runtime.bindings import Bindings


class Instrumenter:
    """Compiles files of the project. `names` are their absolute paths with the paths shown."""

    def __init__(self, findings: Sequence[Finding], names: Mapping[str, str], bindings: Bindings) -> None:
        self._wanted: dict[tuple[str, int | None], list[Wanted]] = {}
        for number, finding in enumerate(findings):
            later = isinstance(finding.claim, Raises) and finding.claim.later
            notes = [Wanted(number, note.span, later=True) for note in finding.notes if later]
            around = isinstance(finding.claim, (NoEffect, LeftOut))
            for each in (Wanted(number, finding.span, around=around), *notes):
                self._wanted.setdefault((each.span.path, each.span.cell), []).append(each)
        self._names = names
        self.bound: set[int] = set()
        self.loaded: dict[str, None] = {}
        for name, value in ((WATCH, bindings.watch), (BIND, bindings.bind), (OVERRIDE, bindings.override)):
            setattr(builtins, name, value)

    def shown(self, filename: str) -> str | None:
        """The displayed path of a file of the project."""
        absolute = os.path.abspath(filename)
        return self._names.get(absolute) or self._names.get(os.path.realpath(absolute))

    def note(self, filename: str) -> None:
        """A file is loaded, by whatever way."""
        shown = self.shown(filename)
        if shown is not None:
            self.loaded.setdefault(shown)

    def wants(self, filename: str, cell: int | None = None) -> bool:
        """Whether a finding stands in the file."""
        return (self.shown(filename), cell) in self._wanted

    def compile(
        self, source: str | bytes, filename: str, *, shown: str | None = None, cell: int | None = None
    ) -> CodeType:
        """The code of a file or cell, its findings under watch. Raises what `compile` raises."""
        tree = ast.parse(source, filename)
        self.instrument(tree, source, shown or self.shown(filename), cell)
        code: CodeType = compile(tree, filename, "exec", dont_inherit=True)
        return code

    def instrument(self, tree: ast.Module, source: str | bytes, shown: str | None, cell: int | None = None) -> None:
        """Put the findings of a parsed file under watch."""
        wanted = self._wanted.get((shown or "", cell))
        if shown is not None:
            self.loaded.setdefault(shown)
        if wanted:
            text = source if isinstance(source, str) else importlib.util.decode_source(source)
            self.bound |= instrument(tree, text.replace("\r\n", "\n"), wanted)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a file with findings from its source; nothing is cached on disk."""

    def __init__(self, name: str, path: str, instrumenter: Instrumenter) -> None:
        super().__init__(name, path)
        self._instrumenter = instrumenter

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self._instrumenter.compile(self.get_data(path), path)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the files with findings among what is imported, and notes which of the project's files are."""

    def __init__(self, instrumenter: Instrumenter) -> None:
        self._instrumenter = instrumenter

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """What the path finder says, with our loader where a finding stands in the file."""
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return None
        self._instrumenter.note(spec.origin)
        if not self._instrumenter.wants(spec.origin):
            return None
        spec.loader = _Loader(fullname, spec.origin, self._instrumenter)
        spec.cached = None
        return spec


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls back once a module has been imported, and is gone then."""

    def __init__(self, name: str, then: Callable[[], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's real spec, with a loader that calls back."""
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Calling(spec.loader, self._then)
        return spec


class _Calling(importlib.abc.Loader):
    def __init__(self, inner: Any, then: Callable[[], None]) -> None:
        self._inner = inner
        self._then = then

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        found: ModuleType | None = self._inner.create_module(spec)
        return found

    def exec_module(self, module: ModuleType) -> None:
        # The module must not be seen with another loader than its own.
        module.__loader__ = self._inner
        if module.__spec__ is not None:
            module.__spec__.loader = self._inner
        self._inner.exec_module(module)
        self._then()


def under_pytest(instrumenter: Instrumenter) -> None:
    """Put findings in files that pytest rewrites under watch as well."""
    from _pytest.assertion import rewrite

    rewriting = rewrite.rewrite_asserts
    cached = rewrite._read_pyc

    def rewrite_asserts(mod: ast.Module, source: bytes, module_path: str | None = None, config: Any = None) -> None:
        instrumenter.instrument(mod, source, instrumenter.shown(module_path or ""))
        rewriting(mod, source, module_path, config)

    def read_pyc(source: Any, pyc: Any, trace: Any = lambda x: None) -> Any:
        instrumenter.note(str(source))
        return None if instrumenter.wants(str(source)) else cached(source, pyc, trace)

    writing = rewrite._write_pyc

    def write_pyc(state: Any, co: Any, source_hash: Any, pyc: Any) -> bool:
        return False if instrumenter.wants(co.co_filename) else writing(state, co, source_hash, pyc)

    for name, value in (("rewrite_asserts", rewrite_asserts), ("_read_pyc", read_pyc), ("_write_pyc", write_pyc)):
        setattr(rewrite, name, value)
