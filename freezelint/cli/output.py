"""Where reports go: formats and files as the user names them, the terminal's colours and width, broken pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

import click
import msgspec

from freezelint.config import closest
from freezelint.core.findings import Report
from freezelint.report import text
from freezelint.report.formats import FORMATS, WITH_PAGES, WITHOUT_EDITS, writer
from freezelint.report.layout import problem_line


class Destination(msgspec.Struct, frozen=True):
    """A report to write: its format, and its file, None for standard output."""

    format: str
    file: str | None


def destinations_of(words: Iterable[str]) -> tuple[Destination, ...]:
    """What `--output-format` asks for. Where all go to files, the user still sees the report as text."""
    destinations = tuple(_destination(word) for word in words)
    shown = [destination for destination in destinations if destination.file is None]
    if len(shown) > 1:
        raise click.UsageError("only one format can go to standard output: give the others a file, FORMAT=FILE")
    return destinations if shown else (*destinations, Destination(format="text", file=None))


def _destination(word: str) -> Destination:
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise click.UsageError(f"unknown format `{name}`{closest(name, FORMATS)} (formats: {', '.join(FORMATS)})")
    if equals and not file:
        raise click.UsageError(f"no file is named after `{word}`")
    return Destination(format=name, file=file or None)


def needs_edits(destinations: Iterable[Destination]) -> bool:
    """Whether any of the reports tells of edits, so that they must be worked out."""
    return any(destination.format not in WITHOUT_EDITS for destination in destinations)


def deliver(
    report: Report,
    destinations: Sequence[Destination],
    *,
    quiet: bool,
    statistics: bool = False,
    stream: TextIO | None = None,
) -> None:
    """Write the report everywhere it should go, and its problems to standard error. What is to be seen goes to
    `stream`: standard output, where none is given."""
    shown = stream or sys.stdout
    if report.notebooks:
        from freezelint.run.cells import in_cells

        report = in_cells(report)
    if any(destination.format in WITH_PAGES for destination in destinations):
        from freezelint.run.pages import with_pages

        report = with_pages(report)
    # The screen first: a file that cannot be written to must not keep the user from the findings.
    for destination in destinations:
        if destination.file is not None:
            continue
        if statistics:
            show(_statistics(report, destination.format, quiet=quiet), shown)
        elif destination.format == "text":
            show(_text(report, shown, quiet=quiet), shown)
        else:
            # Formats for machines are UTF-8 whatever the terminal speaks.
            show(writer(destination.format)(report).encode("utf-8", "backslashreplace"), shown)
    for problem in report.problems:
        complain(problem_line(problem))
    for destination in destinations:
        if destination.file is not None:
            _save(destination.file, writer(destination.format)(report))


def show(content: str | bytes, stream: TextIO | None = None) -> None:
    """Write to standard output, or the stream that is given; that nobody reads on is no error."""
    stream = stream or sys.stdout
    try:
        if isinstance(content, bytes):
            stream.flush()
            stream.buffer.write(content)
        else:
            _forgiving(stream).write(content)
        stream.flush()
    except BrokenPipeError:
        discard(stream)
    except OSError as error:
        discard(stream)
        raise click.ClickException(f"standard output cannot be written to: {error.strerror}") from error


def complain(line: str) -> None:
    """Write a line to standard error."""
    try:
        _forgiving(sys.stderr).write(line + "\n")
        sys.stderr.flush()
    except OSError:  # there is nowhere left to say so
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Let all that is still to be written to the stream vanish: Python flushes it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_colour(stream: TextIO) -> bool:
    """Whether text goes to a terminal that shows colours, or the user says so (NO_COLOR, FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int | None:
    """The columns that text should fit: the terminal's, or those of COLUMNS; None where nothing sets a limit."""
    if stream.isatty() or os.environ.get("COLUMNS", "").isdigit():
        import shutil  # which loads much that most runs do not need

        return max(20, shutil.get_terminal_size().columns)
    return None


def _text(report: Report, stream: TextIO, *, quiet: bool) -> str:
    width = width_of(stream)
    if not wants_colour(stream):
        return text.write(report, width=width, summary=not quiet)
    from freezelint.report import terminal

    return terminal.write(report, width=width, summary=not quiet)


def _statistics(report: Report, format: str, *, quiet: bool) -> str | bytes:
    from freezelint.report import statistics

    if format == "json":
        return statistics.write_json(report).encode("utf-8", "backslashreplace")
    return statistics.write(report, summary=not quiet)


def _save(file: str, content: str) -> None:
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(content)
    except OSError as error:
        raise click.ClickException(f"the report cannot be written to {file}: {error.strerror}") from error


def _forgiving(stream: TextIO) -> TextIO:
    """The stream, showing what its encoding lacks as escapes rather than failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return stream
