"""The language server, as an editor talks to it: over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from freezelint.config import Settings
from freezelint.run.fixing import mend

HEAD = "import torch\nfrom torch import nn\n"
BAD = f"{HEAD}s = '\U0001f600'; model = nn.Linear(2, 2); model.requires_grad = False\n"
PROGRAM = """import torch
from torch import nn
from torchvision.models import resnet18


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False


def main(args):
    model = resnet18()
    freeze(model)
    model.fc = nn.Linear(512, 10)
    optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.1)
    model.train()
    model.layer4.eval()
    loss = model(torch.rand(2, 3, 32, 32)).sum()
    loss.backward()
    optimizer.step()


main(None)
"""


class Editor:
    """An editor with one server; what the server published is kept by URI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.published.put_nowait(params))
        self.version = 1

    async def start(self) -> types.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "freezelint", "server", cwd=str(self.folder))
        result = await self.client.initialize_async(
            types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=self.folder.as_uri())
        )
        self.client.initialized(types.InitializedParams())
        return result

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def found(self, uri: str) -> list[types.Diagnostic]:
        """What is published next for a document."""
        while True:
            params = await asyncio.wait_for(self.published.get(), 60)
            if params.uri == uri:
                return list(params.diagnostics)

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        uri = self.uri(name)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, text))
        )
        return await self.found(uri)

    async def type(self, name: str, text: str, place: types.Range | None = None) -> list[types.Diagnostic]:
        """Put text in a place of a document, or in place of all of it."""
        self.version += 1
        change: Any = types.TextDocumentContentChangeWholeDocument(text)
        if place is not None:
            change = types.TextDocumentContentChangePartial(place, text)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri(name)), [change]
            )
        )
        return await self.found(self.uri(name))

    async def actions(self, uri: str, place: types.Range) -> dict[str, types.CodeAction]:
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), place, types.CodeActionContext([]))
        )
        return {action.title: action for action in found or [] if isinstance(action, types.CodeAction)}

    async def hover(self, name: str, line: int, character: int) -> str:
        return await self.hover_in(self.uri(name), line, character)

    async def hover_in(self, uri: str, line: int, character: int) -> str:
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        )
        return found.contents.value if found is not None and isinstance(found.contents, types.MarkupContent) else ""


def with_editor(folder: Path, act: Callable[[Editor], Awaitable[None]]) -> None:
    async def run() -> None:
        editor = Editor(folder)
        await editor.start()
        try:
            await act(editor)
        finally:
            await editor.stop()

    asyncio.run(run())


def place(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def test_diagnostics_come_as_one_types(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        assert await editor.open("a.py", HEAD) == []
        # Units of UTF-16: the face counts as two.
        (found,) = await editor.type("a.py", BAD)
        assert (found.code, found.source, found.severity) == ("FRZ101", "freezelint", types.DiagnosticSeverity.Error)
        assert found.range == place(2, 35, 54)
        assert await editor.type("a.py", "_(False)", place(2, 54, 62)) == []
        (broken,) = await editor.type("a.py", "model.eval(\n")
        assert (broken.code, broken.range.start.line) == ("FRZ902", 0)
        assert not (editor.folder / "a.py").exists()

    with_editor(tmp_path, act)


def test_fixes_and_comments_are_offered(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        (found,) = await editor.open("a.py", BAD)
        actions = await editor.actions(editor.uri("a.py"), found.range)
        fix = actions["freezelint: write model.requires_grad_(False)"]
        assert fix.is_preferred and fix.kind == types.CodeActionKind.QuickFix
        assert fix.diagnostics is not None and list(fix.diagnostics) == [found]
        assert applied(BAD, fix, editor.uri("a.py")).endswith("; model.requires_grad_(False)\n")
        comment = applied(BAD, actions["freezelint: ignore FRZ101 on this line"], editor.uri("a.py"))
        assert comment == f"{BAD[:-1]}  # freezelint: ignore[FRZ101]\n"
        assert await editor.type("a.py", comment) == []
        assert await editor.actions(editor.uri("a.py"), found.range) == {}

    with_editor(tmp_path, act)


def applied(text: str, action: types.CodeAction, uri: str) -> str:
    """The text with the edits of an action made, as an editor makes them."""
    assert action.edit is not None and action.edit.changes is not None
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    for edit in sorted(action.edit.changes[uri], key=lambda each: each.range.start.line, reverse=True):
        start, end = edit.range.start, edit.range.end
        before, after = lines[start.line][: 2 * start.character], lines[end.line][2 * end.character :]
        lines[start.line : end.line + 1] = [before + edit.new_text.encode("utf-16-le") + after]
    return "\n".join(line.decode("utf-16-le") for line in lines)


def test_other_buffers_count_before_they_are_saved(tmp_path: Path) -> None:
    (tmp_path / "nets.py").write_text(f"{HEAD}\n\ndef freeze(model):\n    model.requires_grad_(False)\n")

    async def act(editor: Editor) -> None:
        caller = f"{HEAD}from nets import freeze\n\nfreeze(nn.Linear(2, 2))\n"
        assert await editor.open("main.py", caller) == []
        unsaved = f"{HEAD}\n\ndef freeze(model):\n    model.requires_grad = False\n"
        (found,) = await editor.open("nets.py", unsaved)
        assert found.code == "FRZ101"

    with_editor(tmp_path, act)


UNFROZEN = """\
from torch import nn, optim


class Trainer:
    def __init__(self):
        self.model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
        self.model[0].requires_grad_(False)
        self.optimizer = optim.SGD([p for p in self.model.parameters() if p.requires_grad], lr=0.1)

    def fit(self, batches):
        for epoch, batch in enumerate(batches):
            if epoch == 2:
                self.model[0].requires_grad_(True)
            self.model(batch).sum().backward()
            self.optimizer.step()
            self.optimizer.zero_grad()


def main(batches):
    Trainer().fit(batches)
"""
LAZY = f"{HEAD}model = nn.Linear(2, 2)\nmap(lambda p: p.requires_grad_(False), model.parameters())\n"


@pytest.mark.parametrize(
    ("text", "code", "added"),
    [
        (UNFROZEN, "FRZ203", 'self.optimizer.add_param_group({"params": self.model[0].parameters()})'),
        (LAZY, "FRZ110", "for p in model.parameters():\n    p.requires_grad_(False)"),
    ],
)
def test_quick_fixes_are_the_edits_of_fix(tmp_path: Path, text: str, code: str, added: str) -> None:
    """What the editor applies is what `--fix` would write, and nothing is left to say of it."""

    async def act(editor: Editor) -> None:
        (diagnostic,) = [each for each in await editor.open("a.py", text) if each.code == code]
        actions = await editor.actions(editor.uri("a.py"), diagnostic.range)
        (fix,) = [each for title, each in actions.items() if "ignore" not in title]
        after = applied(text, fix, editor.uri("a.py"))
        (tmp_path / "a.py").write_text(text)
        mended = mend([str(tmp_path)], Settings(root=str(tmp_path), select=(code,)), unsafe=True)
        assert [change.after.decode() for change in mended.changes] == [after]
        assert added in after
        assert [each for each in await editor.type("a.py", after) if each.code == code] == []

    with_editor(tmp_path, act)


def test_hovering_tells_the_state(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        await editor.open("a.py", PROGRAM)
        lines = PROGRAM.split("\n")

        async def at(code: str, word: str) -> str:
            line = next(number for number, each in enumerate(lines) if code in each)
            return await editor.hover("a.py", line, lines[line].index(word) + 1)

        trained = await at("loss = model", "model")
        assert "ResNet" in trained and "partly frozen" in trained
        assert "`fc`: trainable, train, in optimizer" in trained
        layer = await at("model.layer4.eval", "layer4")
        assert "frozen since line 8 in `freeze`" in layer and "train mode since line 16 in `main`" in layer
        assert "in no optimizer" in layer
        head = await at("optimizer = torch", "fc")
        assert "Linear" in head and "trainable" in head
        assert "holds `fc`" in await at("optimizer.step", "optimizer")
        assert await at("import torch", "torch") == ""
        assert await at("def main", "args") == ""

    with_editor(tmp_path, act)


def test_cells_of_notebooks_get_their_own_diagnostics(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        notebook = editor.uri("n.ipynb")
        texts = ["# title", f"%matplotlib inline\n{HEAD}model = nn.Linear(2, 2)", "\nmodel.requires_grad = False"]
        uris = [f"vscode-notebook-cell:{notebook[5:]}#{number}" for number in range(3)]
        kinds = [types.NotebookCellKind.Markup, types.NotebookCellKind.Code, types.NotebookCellKind.Code]
        editor.client.notebook_document_did_open(
            types.DidOpenNotebookDocumentParams(
                types.NotebookDocument(
                    notebook, "jupyter-notebook", 1,
                    [types.NotebookCell(kind, uri) for kind, uri in zip(kinds, uris, strict=True)],
                ),
                [
                    types.TextDocumentItem(uri, "markdown" if number == 0 else "python", 1, text)
                    for number, (uri, text) in enumerate(zip(uris, texts, strict=True))
                ],
            )
        )  # fmt: skip
        (found,) = await editor.found(uris[2])
        assert (found.code, found.range.start.line) == ("FRZ101", 1)
        actions = await editor.actions(uris[2], found.range)
        fixed = applied(texts[2], actions["freezelint: write model.requires_grad_(False)"], uris[2])
        assert fixed == "\nmodel.requires_grad_(False)"
        silenced = applied(texts[2], actions["freezelint: ignore FRZ101 on this line"], uris[2])
        assert silenced == f"{texts[2]}  # freezelint: ignore[FRZ101]"
        assert "Linear" in await editor.hover_in(uris[2], 1, 2)

    with_editor(tmp_path, act)


def test_broken_settings_are_told(tmp_path: Path) -> None:
    (tmp_path / "freezelint.toml").write_text("selct = 1\n")

    async def act(editor: Editor) -> None:
        told: asyncio.Queue[types.ShowMessageParams] = asyncio.Queue()
        editor.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: told.put_nowait(params))
        uri = editor.uri("a.py")
        editor.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, BAD))
        )
        assert "selct" in (await asyncio.wait_for(told.get(), 60)).message

    with_editor(tmp_path, act)
