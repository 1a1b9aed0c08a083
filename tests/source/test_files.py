"""Reading: encodings, marks, line ends, and what cannot be read."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from freezelint.source.files import SourceFile, UnreadableSource, decode, read_source


def refusal(data: bytes) -> UnreadableSource:
    with pytest.raises(UnreadableSource) as caught:
        decode(data, "a.py")
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param("x = 'ü'\n".encode(), "x = 'ü'\n", id="utf-8 is the default"),
        pytest.param(codecs.BOM_UTF8 + b"x = 1\n", "x = 1\n", id="mark dropped"),
        pytest.param(b"# -*- coding: latin-1 -*-\nx = '\xfc'\n", "# -*- coding: latin-1 -*-\nx = 'ü'\n", id="cookie"),
        pytest.param(b"#!/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'\n",
                     "#!/bin/python\n# vim: set fileencoding=cp1252 :\n'€'\n", id="cookie on line 2"),
        pytest.param(b"\n# coding: latin-1\n'\xfc'", "\n# coding: latin-1\n'ü'", id="blank line first"),
        pytest.param("x = 1\n# coding: ascii\n'ü'".encode(), "x = 1\n# coding: ascii\n'ü'", id="below code: no cookie"),
        pytest.param("\n\n# coding: ascii\n'ü'".encode(), "\n\n# coding: ascii\n'ü'", id="line 3: no cookie"),
        pytest.param(codecs.BOM_UTF8 + b"# coding: utf8\n", "# coding: utf8\n", id="mark and cookie agree"),
        pytest.param(b"a\r\nb\rc\n", "a\nb\nc\n", id="line ends"),
        pytest.param("a\f\v\x1c\x85\u2028b\n".encode(), "a\f\v\x1c\x85\u2028b\n", id="other separators stay"),
    ],
)  # fmt: skip
def test_decode(data: bytes, text: str) -> None:
    assert decode(data, "a.py") == text


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        pytest.param(b"x = 1\ny = '\xfc'\n", "byte 0xfc is not valid utf-8", (2, 6), id="not utf-8"),
        pytest.param("'ä' ".encode() + b"\xff", "byte 0xff is not valid utf-8", (1, 5), id="columns are characters"),
        pytest.param(b"# coding: ascii\n\xc3", "byte 0xc3 is not valid ascii", (2, 1), id="against its cookie"),
        pytest.param(b"\n# coding: klingon\n", "unknown encoding `klingon` in the coding comment", (2, 1), id="name"),
        pytest.param(b"# coding: hex\n", "unknown encoding `hex` in the coding comment", (1, 1), id="no text codec"),
        pytest.param(codecs.BOM_UTF8 + b"# coding: latin-1\n",
                     "the file starts with a UTF-8 mark, but its coding comment says `latin-1`", (1, 1), id="clash"),
        pytest.param(b"a\r\nb\0c", "the file contains a null byte", (2, 2), id="null byte"),
        pytest.param(codecs.BOM_UTF16_LE + "x".encode("utf-16-le"),
                     "the file is UTF-16, which Python does not read: save it as UTF-8", (1, 1), id="utf-16"),
    ],
)  # fmt: skip
def test_what_cannot_be_decoded(data: bytes, message: str, place: tuple[int, int]) -> None:
    error = refusal(data)
    assert error.message == message
    assert (error.line, error.column) == place


def test_read_source_shows_the_given_path(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    assert read_source(tmp_path / "a.py", "sub/a.py") == SourceFile("sub/a.py", "x = 1\n")
    assert read_source(tmp_path / "a.py").path == (tmp_path / "a.py").as_posix()


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"^cannot read the file: no such file or directory$"):
        read_source(tmp_path / "missing.py")
    with pytest.raises(UnreadableSource, match="it is a folder"):
        read_source(tmp_path)
    with pytest.raises(UnreadableSource, match="null"):
        read_source("a\0.py")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(UnreadableSource, match="not a regular file"):
        read_source(tmp_path / "pipe.py")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    with pytest.raises(UnreadableSource, match="cannot read the file: "):
        read_source(tmp_path / "loop.py")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "a.py").chmod(0)
    with pytest.raises(UnreadableSource, match="permission denied"):
        read_source(tmp_path / "a.py")
