"""The protocol: documents come in, diagnostics, quick fixes and hovers go out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from freezelint import __version__
from freezelint.config import ConfigurationError
from freezelint.core.findings import Confidence, Edit, Finding, Fix, Problem, Safety, Severity
from freezelint.core.spans import Span
from freezelint.server.documents import Checked, OpenFile, Workspace, by_display, open_file, open_notebook

PATIENCE = 0.2
"""Seconds without another change before a document is checked."""

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithCells(
            cells=[types.NotebookCellLanguage(language="python")], notebook="jupyter-notebook"
        )
    ]
)


class Freezelint(LanguageServer):
    """The server, what it knows of the open files, and what it said of each."""

    def __init__(self) -> None:
        super().__init__("freezelint", f"v{__version__}", notebook_document_sync=_NOTEBOOKS)
        self.files = Workspace()
        self.checked: dict[str, tuple[OpenFile, Checked]] = {}
        self._changes: dict[str, int] = {}
        self._busy = asyncio.Lock()

    # --- what is open -------------------------------------------------------------------------------------------------

    def opened(self) -> dict[str, OpenFile]:
        """The open Python files and notebooks, by URI."""
        found: dict[str, OpenFile] = {}
        cells: set[str] = set()
        for uri, notebook in self.workspace.notebook_documents.items():
            path = uris.to_fs_path(uri)
            texts = []
            for cell in notebook.cells:
                document = self.workspace.get_text_document(cell.document)
                cells.add(document.uri)
                python = cell.kind == types.NotebookCellKind.Code and document.language_id in (None, "python")
                texts.append((document.uri, document.source, python))
            if path is not None:
                found[uri] = open_notebook(path, texts)
        for uri, document in self.workspace.text_documents.items():
            path = uris.to_fs_path(uri)
            if path is not None and uri not in cells and uri.startswith("file:"):
                found[uri] = open_file(path, document.source, document.uri)
        return found

    def holding(self, uri: str) -> tuple[OpenFile, list[OpenFile], int | None] | None:
        """The open file that a text belongs to, the others, and the cell that the text is."""
        opened = self.opened()
        for each in opened.values():
            if uri in each.uris:
                others = [other for other in opened.values() if other is not each]
                is_cell = each.path.endswith(".ipynb")
                return each, others, each.uris.index(uri) + 1 if is_cell else None
        return None

    # --- checking -----------------------------------------------------------------------------------------------------

    async def look_at(self, uri: str) -> None:
        """Check a document once its user pauses."""
        self._changes[uri] = number = self._changes.get(uri, 0) + 1
        await asyncio.sleep(PATIENCE)
        async with self._busy:
            opened = self.opened()
            file = opened.get(uri)
            if self._changes.get(uri) != number or file is None:
                return
            others = [each for name, each in opened.items() if name != uri]
            try:
                together = self.files.together(file, others)
                checked = await asyncio.to_thread(self.files.check, file, others)
            except ConfigurationError as error:
                self.tell(str(error))
                return
        self.publish(together, checked)

    def tell(self, message: str) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"freezelint: {message}"))

    def publish(self, files: Sequence[OpenFile], checked: Checked) -> None:
        """Send what was found in files that were checked together."""
        for file in files:
            diagnostics: dict[str, list[types.Diagnostic]] = {uri: [] for uri in file.uris}
            for finding in checked.shown.findings:
                uri = file.uri_of(finding.span) if finding.span.path == file.display else None
                if uri is not None:
                    diagnostics.setdefault(uri, []).append(self.diagnostic(finding, by_display(files)))
            for problem in checked.shown.problems:
                if problem.path == file.display:
                    place = _place_of(problem)
                    uri = file.uri_of(place) or next(iter(file.uris), None)
                    if uri is not None:
                        diagnostics.setdefault(uri, []).append(self._of_problem(problem, place, uri))
            self.checked[file.path] = file, checked
            for uri, found in diagnostics.items():
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=found))

    def forget(self, uri: str, texts: Iterable[str]) -> None:
        """A document was closed."""
        self._changes.pop(uri, None)
        for text in texts:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=text, diagnostics=[]))

    # --- from ours to theirs ------------------------------------------------------------------------------------------

    def range_in(self, uri: str, span: Span) -> types.Range:
        """The span in the units of the client."""
        lines = self.lines_of(uri)
        return self.workspace.position_codec.range_to_client_units(
            lines,
            types.Range(
                types.Position(span.line - 1, span.column - 1), types.Position(span.end_line - 1, span.end_column - 1)
            ),
        )

    def lines_of(self, uri: str) -> list[str]:
        """The lines of a text as Python counts them, with an empty one behind the last."""
        text = self.workspace.get_text_document(uri).source.replace("\r\n", "\n").replace("\r", "\n")
        return [f"{line}\n" for line in text.split("\n")] + [""]

    def diagnostic(self, finding: Finding, files: Mapping[str, OpenFile]) -> types.Diagnostic:
        """A finding as the editor shows it."""
        own = files[finding.span.path].uri_of(finding.span) or ""
        related = []
        for note in finding.notes:
            file = files.get(note.span.path)
            uri = file.uri_of(note.span) if file is not None else None
            if uri is not None:
                location = types.Location(uri, self.range_in(uri, note.span))
                related.append(types.DiagnosticRelatedInformation(location, note.message))
        doubt = " (possible)" if finding.confidence is Confidence.POSSIBLE else ""
        help_ = f"\nhelp: {finding.fix.title}" if finding.fix is not None else ""
        return types.Diagnostic(
            range=self.range_in(own, finding.span),
            severity=_SEVERITY[finding.severity],
            code=finding.code,
            source="freezelint",
            message=f"{finding.message}{doubt}{help_}",
            related_information=related or None,
            data={"fingerprint": finding.fingerprint},
        )

    def _of_problem(self, problem: Problem, place: Span, uri: str) -> types.Diagnostic:
        return types.Diagnostic(
            range=self.range_in(uri, place), severity=types.DiagnosticSeverity.Error, code=problem.code,
            source="freezelint", message=problem.message,
        )  # fmt: skip

    def edit(self, edits: Iterable[Edit], files: Mapping[str, OpenFile]) -> types.WorkspaceEdit | None:
        """Edits as the editor applies them; None where a file is not open."""
        changes: dict[str, list[types.TextEdit]] = {}
        for each in edits:
            file = files.get(each.span.path)
            uri = file.uri_of(each.span) if file is not None else None
            if uri is None:
                return None
            changes.setdefault(uri, []).append(types.TextEdit(self.range_in(uri, each.span), each.text))
        return types.WorkspaceEdit(changes=dict(changes)) if changes else None

    # --- actions ------------------------------------------------------------------------------------------------------

    def actions(self, uri: str, asked: types.Range) -> list[types.CodeAction]:
        """The fixes of the findings in a range, and comments that silence them."""
        held = self.holding(uri)
        known = self.checked.get(held[0].path) if held is not None else None
        if held is None or known is None or known[0] != held[0]:
            # What was found is about another text than the one at hand.
            return []
        file, others, _ = held
        files = by_display([file, *others])
        found = []
        for finding in known[1].shown.findings:
            if finding.span.path != file.display or file.uri_of(finding.span) != uri:
                continue
            place = self.range_in(uri, finding.span)
            if not (place.start.line <= asked.end.line and asked.start.line <= place.end.line):
                continue
            diagnostic = self.diagnostic(finding, files)
            if finding.fix is not None and (edit := self.edit(finding.fix.edits, files)) is not None:
                found.append(_action(_title(finding.fix), diagnostic, edit, safe=finding.fix.safety is Safety.SAFE))
            silenced = self.edit(self.files.ignoring(known[1], finding, file), files)
            if silenced is not None:
                found.append(_action(f"ignore {finding.code} on this line", diagnostic, silenced, safe=False))
        return found


def _title(fix: Fix) -> str:
    plain = fix.title.replace("`", "")
    return plain if fix.safety is Safety.SAFE else f"{plain} (changes what trains)"


def _action(title: str, diagnostic: types.Diagnostic, edit: types.WorkspaceEdit, *, safe: bool) -> types.CodeAction:
    return types.CodeAction(
        title=f"freezelint: {title}", kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit,
        is_preferred=safe or None,
    )  # fmt: skip


def _place_of(problem: Problem) -> Span:
    line, column = problem.line or 1, problem.column or 1
    return Span(problem.path, line, column, line, column + 1, problem.cell)


def make_server() -> Freezelint:
    """The server with all that it answers to."""
    server = Freezelint()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Freezelint, params: types.DidOpenTextDocumentParams) -> None:
        await ls.look_at(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Freezelint, params: types.DidChangeTextDocumentParams) -> None:
        await ls.look_at(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Freezelint, params: types.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri, [params.text_document.uri])

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    async def notebook_opened(ls: Freezelint, params: types.DidOpenNotebookDocumentParams) -> None:
        await ls.look_at(params.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    async def notebook_changed(ls: Freezelint, params: types.DidChangeNotebookDocumentParams) -> None:
        await ls.look_at(params.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def notebook_closed(ls: Freezelint, params: types.DidCloseNotebookDocumentParams) -> None:
        ls.forget(params.notebook_document.uri, [each.uri for each in params.cell_text_documents])

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def actions(ls: Freezelint, params: types.CodeActionParams) -> list[types.CodeAction]:
        return ls.actions(params.text_document.uri, params.range)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Freezelint, params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        held = ls.holding(uri)
        if held is None:
            return None
        file, others, cell = held
        at = ls.workspace.position_codec.position_from_client_units(ls.lines_of(uri), params.position)
        span = Span(file.display, at.line + 1, at.character + 1, at.line + 1, at.character + 1, cell)
        try:
            found = await asyncio.to_thread(ls.files.hover, file, others, span)
        except ConfigurationError:
            return None
        if found is None:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, found[0])
        return types.Hover(contents=content, range=ls.range_in(uri, found[1]))

    return server
