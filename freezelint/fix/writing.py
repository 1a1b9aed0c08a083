"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress


class Changed(OSError):
    """The file is no longer what it was when it was read."""

    def __init__(self) -> None:
        super().__init__(0, "it was changed by something else meanwhile")


def write_whole(path: str, data: bytes, *, expected: bytes) -> None:
    """Replace the content of a file in one step, keeping its mode and owner; a link stays a link. Whenever the process
    is killed, the file holds what it held or what it should hold. Raises OSError, `Changed` where the file does not
    hold `expected`."""
    target = os.path.realpath(path)
    with open(target, "rb") as stream:
        known = os.fstat(stream.fileno())
        if stream.read() != expected:
            raise Changed
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "it is write-protected")
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=f".{os.path.basename(target)[:40]}.")
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if hasattr(os, "chown"):
            # Only the administrator may give files away.
            with suppress(OSError):
                os.chown(temporary, known.st_uid, known.st_gid)
        os.chmod(temporary, stat.S_IMODE(known.st_mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
