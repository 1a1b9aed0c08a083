"""`--watch`: checks again whenever a file changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from freezelint.cli.output import complain, show


def watch(paths: Sequence[str], check: Callable[[], object]) -> None:
    """Check now and after each change, until the user interrupts: that is how it ends, and no error."""
    from freezelint.run.watching import changes

    try:
        # Before the first check, so that what changes during it is not missed.
        turns = changes(paths)
        while True:
            if sys.stdout.isatty():
                show("\x1b[2J\x1b[H")
            try:
                check()
            except click.ClickException as error:
                # Settings are edited as well: what is wrong with them now may be mended at the next look.
                complain(f"freezelint: {error.format_message()}")
            complain("freezelint: waiting for changes, Ctrl-C ends")
            next(turns)
    except KeyboardInterrupt:
        complain("")
