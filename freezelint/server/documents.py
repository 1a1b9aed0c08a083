"""What is open in the editor, as the files that freezelint checks; knows nothing of the protocol."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.config import Settings, load_settings
from freezelint.core.cells import Notebook
from freezelint.core.findings import Edit, Finding, Report
from freezelint.core.spans import Span
from freezelint.core.timeline import Timeline
from freezelint.discovery import display_path
from freezelint.run.cells import in_cells
from freezelint.run.check import check, import_roots
from freezelint.run.environment import environment_of
from freezelint.run.fixing import with_edits
from freezelint.run.ignoring import ignore_edits
from freezelint.run.knowledge import knowledge, place_of
from freezelint.source.files import Source, SourceFile, UnreadableSource, encoded, source_of

if TYPE_CHECKING:
    from freezelint.analysis import AnalysisResult
    from freezelint.core.rules import Rule


class OpenFile(msgspec.Struct, frozen=True):
    """An open file: its path, how it is shown, its content, and the URI of each of its texts: one, or that of each cell
    of a notebook."""

    path: str
    display: str
    data: bytes
    uris: tuple[str, ...]

    def uri_of(self, span: Span) -> str | None:
        """The text that the lines of the span count in."""
        number = 1 if span.cell is None else span.cell
        return self.uris[number - 1] if number <= len(self.uris) else None


def open_file(path: str, text: str, uri: str) -> OpenFile:
    """A file with the text that it has in the editor."""
    return OpenFile(path, display_path(path, os.getcwd()), encoded(text), (uri,))


def open_notebook(path: str, cells: Sequence[tuple[str, str, bool]]) -> OpenFile:
    """A notebook with the cells that it has in the editor: of each its URI, its text, and whether it is code."""
    written = [{"cell_type": "code" if code else "markdown", "source": text} for _, text, code in cells]
    data = json.dumps({"cells": written}).encode()
    return OpenFile(path, display_path(path, os.getcwd()), data, tuple(uri for uri, _, _ in cells))


class Checked(msgspec.Struct, frozen=True):
    """What was found in open files: the report in cells, and the same in the text of whole files."""

    shown: Report
    whole: Report


class Workspace:
    """Checks what is open."""

    def __init__(self) -> None:
        self._timelines: tuple[tuple[OpenFile, ...], Sequence[Timeline]] | None = None

    def check(self, file: OpenFile, others: Sequence[OpenFile]) -> Checked:
        """Check a file as it is in the editor, and with it those that are open beside it."""
        settings = _settings(file)
        opened, seen, made = self.together(file, others), set[str](), list[Timeline]()
        instead = {each.display: each.data for each in opened}

        def analyse(files: Sequence[Source], rules: Sequence[Rule], **more: Any) -> AnalysisResult:
            from freezelint.analysis import analyse

            seen.update(each.path for each in files)
            return analyse(files, rules, keep=made.append, **more)

        report = with_edits(check([file.path], settings, analyse=analyse, instead=instead), instead)
        if seen.issuperset(each.display for each in opened):
            # Somebody who hovers asks about the same text.
            self._timelines = _key(opened), made
        return Checked(in_cells(report), report)

    def together(self, file: OpenFile, others: Sequence[OpenFile]) -> list[OpenFile]:
        """The files that are checked with a file: itself, and those that have the same settings."""
        root = _settings(file).root
        return [file, *(each for each in others if _settings(each).root == root)]

    def ignoring(self, checked: Checked, finding: Finding, file: OpenFile) -> tuple[Edit, ...]:
        """The edits that silence a finding (one of `checked.shown`) by a comment on its line."""
        found = next(
            (whole for whole, shown in zip(checked.whole.findings, checked.shown.findings, strict=True)
             if shown == finding), None,
        )  # fmt: skip
        source = self.source(file)
        if found is None or source is None:
            return ()
        edits = ignore_edits(file.display, source.text, [found])
        notebook = source.notebook
        return edits if notebook is None else tuple(Edit(notebook.in_cell(each.span), each.text) for each in edits)

    def source(self, file: OpenFile) -> SourceFile | None:
        """The text of an open file as the analysis sees it."""
        try:
            return source_of(file.data, file.display)
        except UnreadableSource:
            return None

    def hover(self, file: OpenFile, others: Sequence[OpenFile], span: Span) -> tuple[str, Span] | None:
        """What is known of the name at a place (which may be in a cell), and where that name stands."""
        source = self.source(file)
        if source is None:
            return None
        notebook = source.notebook or Notebook()
        at = notebook.in_text(span)
        place = place_of(file.display, source.text, at.line, at.column)
        words = "" if place is None else knowledge(self._known(file, others), place, source.notebook)
        if place is None or not words:
            return None
        named = Span(file.display, place.line, place.column, place.line, place.end_column)
        return words, notebook.in_cell(named)

    def _known(self, file: OpenFile, others: Sequence[OpenFile]) -> Sequence[Timeline]:
        """The timelines of what is open, analysed anew when any of it has changed."""
        opened = self.together(file, others)
        key = _key(opened)
        if self._timelines is None or self._timelines[0] != key:
            from freezelint.analysis import timelines

            settings = _settings(file)
            sources = [source for each in opened if (source := self.source(each)) is not None]
            roots = import_roots([file.path], settings, os.getcwd())
            self._timelines = key, list(timelines(sources, import_roots=roots, environment=environment_of(settings)))
        return self._timelines[1]


def _key(opened: Sequence[OpenFile]) -> tuple[OpenFile, ...]:
    return tuple(sorted(opened, key=lambda each: each.path))


def _settings(file: OpenFile) -> Settings:
    """The settings for a file; raises `ConfigurationError`."""
    return load_settings(os.path.dirname(file.path))


def by_display(files: Sequence[OpenFile]) -> Mapping[str, OpenFile]:
    """The files by the path that reports show."""
    return {file.display: file for file in files}
