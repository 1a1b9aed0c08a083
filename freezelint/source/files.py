"""Reads a source file: its bytes, its declared encoding, its text.

Text is for analysis, not for editing: the byte order mark is dropped and the three line endings that Python knows
(`\\n`, `\\r\\n`, `\\r`) all become `\\n`, so that line numbers are those of Python and of editors. Form feeds and the
other characters that `str.splitlines` would split at stay what they are. A fix must start from the bytes again.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from typing import Protocol

import msgspec

from freezelint.core.cells import Notebook

# PEP 263: a comment in one of the first two lines; the second counts only below a blank or comment line.
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NO_CODE = re.compile(rb"^[ \t\f]*(?:#|$)")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_OTHER_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class Source(Protocol):
    """A file whose text can be had, at once or when it is asked for, which may raise `UnreadableSource`."""

    @property
    def path(self) -> str:
        """The path that is shown to people, with forward slashes."""

    @property
    def text(self) -> str:
        """The text, line endings as `\\n`."""

    @property
    def notebook(self) -> Notebook | None:
        """Which lines are whose cell's, where the file is a notebook."""


class SourceFile(msgspec.Struct, frozen=True):
    """A file's text; `path` is the one shown to people, with forward slashes.

    The text of a notebook is that of its code cells, and `notebook` knows which lines are whose.
    """

    path: str
    text: str
    notebook: Notebook | None = None


class UnreadableSource(Exception):
    """The file holds no text that Python could read; the message is one line, without the path."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def read_source(path: str | os.PathLike[str], display: str | None = None) -> SourceFile:
    """The file at `path`, shown as `display`; raises `UnreadableSource`."""
    name = os.fspath(path)
    shown = (name if display is None else display).replace(os.sep, "/")
    return source_of(read_bytes(name), shown)


def source_of(data: bytes, path: str) -> SourceFile:
    """The file with these bytes, shown as `path`, by whose ending it is a notebook; raises `UnreadableSource`."""
    if path.endswith(".ipynb"):
        # Imported only here: most projects have none.
        from .notebooks import source_of_notebook

        return source_of_notebook(data, path)
    return SourceFile(path, decode(data, path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a regular file; raises `UnreadableSource`."""
    try:
        # Asked before opening: to open a named pipe would wait for a writer for ever.
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableSource("cannot read the file: it is a folder")
        if not stat.S_ISREG(mode):
            raise UnreadableSource("cannot read the file: it is not a regular file")
        with open(path, "rb", buffering=0) as stream:
            return stream.readall()
    except (OSError, ValueError) as error:
        # A path with a null byte or a lone surrogate raises ValueError.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableSource(f"cannot read the file: {reason[:1].lower()}{reason[1:]}") from error


def decode(data: bytes, path: str | os.PathLike[str] = "") -> str:
    """The text of `data` as Python would read it, line endings as `\\n`; raises `UnreadableSource`.

    `path` is no part of any message: reports show it beside them.
    """
    del path
    return normalise_newlines(decode_raw(data).text)


class RawText(msgspec.Struct, frozen=True):
    """The text of a file with the line endings that it has, and how it was written."""

    text: str
    encoding: str
    marked: bool
    """Whether a byte order mark stands before the text."""

    def encoded(self, text: str) -> bytes:
        """Another text written in the same way; raises UnicodeEncodeError."""
        return (codecs.BOM_UTF8 if self.marked else b"") + text.encode(self.encoding)


def decode_raw(data: bytes) -> RawText:
    """The text of `data` as it stands there; raises `UnreadableSource`."""
    for mark, label in _OTHER_MARKS.items():
        if data.startswith(mark):
            raise UnreadableSource(f"the file is {label}, which Python does not read: save it as UTF-8", 1, 1)
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    if (null := body.find(b"\0")) >= 0:
        raise UnreadableSource("the file contains a null byte", *_place(body, null))
    encoding = _encoding(body, marked=marked)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = _place(body, error.start)
        bad = body[error.start]
        raise UnreadableSource(f"byte 0x{bad:02x} is not valid {encoding}", line, column) from error
    except (UnicodeError, LookupError, ValueError) as error:
        raise UnreadableSource(f"the file cannot be decoded as {encoding}") from error
    return RawText(text=text, encoding=encoding, marked=marked)


def encoded(text: str) -> bytes:
    """Bytes that `decode` reads as this text, in the encoding that it declares."""
    data = text.encode("utf-8", "replace")
    try:
        return text.encode(_encoding(data, marked=False), "replace")
    except UnreadableSource:
        # Nothing can be read as what is unknown: the message is for whoever decodes it.
        return data


def normalise_newlines(text: str) -> str:
    """`text` with `\\r\\n` and lone `\\r` written as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _encoding(body: bytes, *, marked: bool) -> str:
    """The declared encoding of `body`; "utf-8" where nothing is declared."""
    declared = _declared(body)
    if declared is None:
        return "utf-8"
    cookie, line = declared
    try:
        found = codecs.lookup(cookie).name
        b" ".decode(found)  # refuses codecs that do not make text, such as "hex"
    except (LookupError, ValueError) as error:
        raise UnreadableSource(f"unknown encoding `{cookie}` in the coding comment", line, 1) from error
    if marked and found != "utf-8":
        raise UnreadableSource(f"the file starts with a UTF-8 mark, but its coding comment says `{cookie}`", line, 1)
    return found


def _declared(body: bytes) -> tuple[str, int] | None:
    """The name in the coding comment and its line, as written."""
    if b"coding" not in body[:1024]:
        return None
    for number, line in enumerate(_LINE_END.split(body[:4096], maxsplit=2)[:2], start=1):
        if match := _COOKIE.match(line):
            return match[1].decode("ascii", "replace"), number
        if not _NO_CODE.match(line):
            return None
    return None


def _place(body: bytes, offset: int) -> tuple[int, int]:
    """The 1-based line and column of a byte, columns in characters as far as they can be read."""
    before = _LINE_END.split(body[:offset])
    # A lone "\r" that is the first half of a "\r\n" cut at `offset` cannot occur: the byte at `offset` is no "\n".
    return len(before), len(before[-1].decode("utf-8", "replace")) + 1
