"""Runs the command under an audit hook and prints what it opened, imported and executed, as JSON on its last line."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect", "ctypes.dlopen")

events: list[tuple[str, str]] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Remember what reads, writes, imports, executes or starts something."""
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR) if isinstance(flags, int) else "r" not in (mode or "r")
        if isinstance(path, (str, bytes)):
            events.append(("write" if writes else "read", os.path.abspath(os.fsdecode(path))))
    elif event == "import":
        events.append(("import", str(arguments[0])))
    elif event == "exec":
        events.append(("exec", str(getattr(arguments[0], "co_filename", ""))))
    elif event.startswith(_CHANGES):
        events.append(("change", f"{event} {arguments[0]!r}"))
    elif event.startswith(_STARTS):
        events.append(("start", f"{event} {arguments[0]!r}"))


if __name__ == "__main__":
    from freezelint.cli.main import run

    sys.addaudithook(watch)
    code = run(sys.argv[1:])
    found = list(dict.fromkeys(events))
    print()
    print(json.dumps({"code": code, "events": found}))
