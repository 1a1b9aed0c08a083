"""The html format: one self-contained page, without scripts and without anything to load."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as markup

from freezelint import __version__
from freezelint.core.findings import Finding, Problem, Report, Safety
from freezelint.core.spans import Span
from freezelint.report.layout import message_of, place_of, problem_line, source_of, summary_of
from freezelint.report.printable import cells, escape
from freezelint.report.wording import verdict_of

CONTEXT = 2
"""Lines of source shown before and after that of a finding."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --mark: #ffd54f66 }
:root { --error: #c62828; --warning: #b26a00; --info: #1565c0 }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffcc80; --info: #90caf9 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere }
article { border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px }
article { padding: .5rem 1rem; margin: 1rem 0 }
.error { border-left-color: var(--error) } .warning { border-left-color: var(--warning) }
.info { border-left-color: var(--info) }
.error b { color: var(--error) } .warning b { color: var(--warning) } .info b { color: var(--info) }
p { margin: .4rem 0; overflow-wrap: anywhere } small { opacity: .75 }
code, pre { font: 14px/1.45 ui-monospace, monospace }
pre { overflow-x: auto; margin: .4rem 0; padding: .4rem 0; border-block: 1px solid var(--line) }
pre span { opacity: .5; user-select: none } mark { background: var(--mark); color: inherit }
ul { margin: .4rem 0; padding-left: 1.2rem } table { border-collapse: collapse }
td, th { padding: .1rem .8rem .1rem 0; text-align: left }
"""
_FIX = {Safety.SAFE: " (safe fix)", Safety.UNSAFE: " (unsafe fix)", Safety.DISPLAY: ""}


def write(report: Report) -> str:
    """The report as an HTML page."""
    return "\n".join(_page(report)) + "\n"


def _page(report: Report) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    # Nothing is loaded and nothing runs, whatever a name in the source looks like.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>freezelint: {_text(summary_of(report))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>freezelint: {_text(summary_of(report))}</h1>"
    yield from _rules(report)
    yield from _problems(report.problems)
    path = None
    for finding in report.findings:
        if finding.span.path != path:
            path = finding.span.path
            yield f"<h2>{_text(path)}</h2>"
        yield from _finding(finding, report)
    yield f"<p><small>written by freezelint {_text(__version__)}</small></p>\n</body>\n</html>"


def _rules(report: Report) -> Iterator[str]:
    """How often each rule was broken."""
    if not report.findings:
        return
    summaries = {rule.code: rule.summary for rule in report.rules}
    yield "<table><tr><th>rule</th><th>findings</th><th></th></tr>"
    for code, name in sorted({(finding.code, finding.name) for finding in report.findings}):
        number = sum(finding.code == code for finding in report.findings)
        what = _prose(summaries.get(code, ""))
        yield f"<tr><td>{_text(code)} {_text(name)}</td><td>{number}</td><td>{what}</td></tr>"
    yield "</table>"


def _problems(problems: tuple[Problem, ...]) -> Iterator[str]:
    if problems:
        yield "<h2>Could not be checked</h2>\n<ul>"
        yield from (f"<li>{markup(problem_line(problem))}</li>" for problem in problems)
        yield "</ul>"


def _finding(finding: Finding, report: Report) -> Iterator[str]:
    place = f"<code>{markup(place_of(finding.span))}</code>"
    yield f'<article class="{finding.severity.value}">'
    yield f"<p>{place} <b>{_text(finding.code)}</b> {_text(finding.name)}</p>\n<p>{_prose(message_of(finding))}</p>"
    yield from _source(finding.span, report)
    if finding.notes:
        yield "<ul>"
        for note in finding.notes:
            yield f"<li><code>{markup(place_of(note.span))}</code>: {_prose(escape(note.message))}"
            yield from _source(note.span, report, context=0)
            yield "</li>"
        yield "</ul>"
    if finding.fix is not None:
        yield f"<p>help: {_prose(escape(finding.fix.title))}{_FIX[finding.fix.safety]}</p>"
    if finding.verdict is not None:
        yield f"<p>run: {_prose(verdict_of(finding.verdict))}</p>"
    yield "</article>"


def _source(span: Span, report: Report, *, context: int = CONTEXT) -> Iterator[str]:
    """The first line of the span with its part marked, between its neighbours."""
    source = source_of(report, span)
    lines = source.split("\n") if source is not None else []
    if not 1 <= span.line <= len(lines):
        return
    first, last = max(1, span.line - context), min(len(lines), span.line + context)
    shown = []
    for number in range(first, last + 1):
        line = lines[number - 1]
        code = _marked(line, span) if number == span.line else _shown(line)
        shown.append(f"<span>{number:>5} </span>{code}")
    yield "<pre>" + "\n".join(shown) + "</pre>"


def _marked(line: str, span: Span) -> str:
    start = min(span.column - 1, len(line))
    end = max(start, min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line))
    # One pass over the whole line: a tab is as wide as what stands before it says.
    shown = [markup(text) for text, _ in cells(line)]
    return "".join([*shown[:start], "<mark>", *shown[start:end], "</mark>", *shown[end:]])


def _shown(line: str) -> str:
    return markup("".join(text for text, _ in cells(line)))


def _prose(text: str) -> str:
    """A message: what stands in backticks is code."""
    parts = markup(text).split("`")
    if len(parts) % 2 == 0:
        return markup(text)
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))


def _text(text: str) -> str:
    return markup(escape(text))
