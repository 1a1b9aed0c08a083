"""Mends what was found: rounds of checking and editing until nothing more can be mended, then one write per file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Edit, Finding, Fix, Problem, Report, Safety
from freezelint.core.spans import Span
from freezelint.discovery import discover
from freezelint.run.check import check
from freezelint.source.files import UnreadableSource, read_bytes, read_source, source_of

if TYPE_CHECKING:
    from freezelint.fix.resolve import Resolver
    from freezelint.run.remembering import Remembering

ROUNDS = 10
"""After so many rounds the rest is left as it is: fixes that undo each other must not go on for ever."""

Check = Callable[[Mapping[str, bytes]], Report]


class FileChange(msgspec.Struct, frozen=True):
    """A file before and after, as bytes; `display` is the path as it is shown."""

    path: str
    display: str
    before: bytes
    after: bytes


class Mended(msgspec.Struct, frozen=True):
    """What is left to report, what was mended, and the files that change by it."""

    report: Report
    findings: tuple[Finding, ...]
    changes: tuple[FileChange, ...]
    rounds: int


def with_edits(
    report: Report, instead: Mapping[str, bytes] | None = None, remembered: Remembering | None = None
) -> Report:
    """The report with the edits of all fixes that can be applied to the code. `instead` as for `check`; `remembered` is
    what the cache knows of the check."""
    with_recipes = [finding for finding in report.findings if finding.fix is not None and finding.fix.recipes]
    if not with_recipes:
        return report
    known = {
        finding: resolved
        for finding in with_recipes
        if remembered is not None and (resolved := remembered.resolved(finding)) is not None
    }
    missing = [finding for finding in with_recipes if finding not in known]
    problems = list(report.problems)
    if missing:
        # Imported only here, since LibCST comes with it.
        from freezelint.fix.resolve import Resolver

        resolver = Resolver(_reader(report, instead or {}))
        new = {finding: _cautious(_resolved(resolver, finding, problems)) for finding in missing}
        known.update(new)
        if remembered is not None:
            remembered.keep_resolved(new)
    return msgspec.structs.replace(
        report,
        findings=tuple(known.get(each) or _cautious(each) for each in report.findings),
        problems=tuple(problems),
    )


def _resolved(resolver: Resolver, finding: Finding, problems: list[Problem]) -> Finding:
    """The finding with its edits; where they cannot be told for an internal error, the finding stands without."""
    try:
        return resolver.resolved(finding)
    except Exception as error:
        from freezelint.analysis.problems import internal_problem

        problems.append(internal_problem(finding.span.path, f"the fix of {finding.code}", error))
        return finding


def mend(paths: Sequence[str], settings: Settings, *, unsafe: bool, checked: Check | None = None) -> Mended:
    """Check the paths, apply all fixes that are allowed, and check again until nothing is left to apply. Nothing is
    written: see `write`. Raises `UnknownRule` and `RegistryError`."""
    run = checked or (lambda instead: check(paths, settings, instead=instead))
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    files = _files(paths, settings)
    contents: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    mended: list[Finding] = []
    refused: set[tuple[Edit, ...]] = set()
    report, rounds = with_edits(run(contents), contents), 0
    while rounds < ROUNDS:
        findings = [each for each in report.findings if each.fix is None or each.fix.edits not in refused]
        last = dict(contents)
        applied, refusals = _round(findings, files, contents, before, allowed)
        refused |= refusals
        if not applied and not refusals:
            break
        if not applied:
            continue
        rounds += 1
        new = with_edits(run(contents), contents)
        if vain := still_there(applied, new):
            # What does not help is taken back, with all of its round: the others get their turn in the next one.
            contents = last
            refused |= {each.fix.edits for each in vain if each.fix is not None}
            continue
        mended.extend(applied)
        report = new
    report = msgspec.structs.replace(report, findings=tuple(_without(each, refused) for each in report.findings))
    changes = tuple(
        FileChange(path=files[name], display=name, before=before[name], after=after)
        for name, after in sorted(contents.items())
        if before[name] != after
    )
    return Mended(report=report, findings=tuple(mended), changes=changes, rounds=rounds)


def _round(
    findings: Sequence[Finding],
    files: Mapping[str, str],
    contents: dict[str, bytes],
    before: dict[str, bytes],
    allowed: Sequence[Safety],
) -> tuple[list[Finding], set[tuple[Edit, ...]]]:
    """Apply what can be applied at once to `contents`: the findings that are mended by it, and edits to leave out."""
    from freezelint.fix.apply import CannotApply, choose, edited
    from freezelint.fix.tree import parses

    chosen = choose(findings, allowed=allowed, files=files)
    new: dict[str, bytes] = {}
    failed: set[str] = set()
    for name, edits in chosen.edits.items():
        try:
            old = contents[name] if name in contents else read_bytes(files[name])
            new[name] = edited(old, edits)
            before.setdefault(name, old)
            if not parses(source_of(new[name], name).text):
                failed.add(name)
        except (CannotApply, UnreadableSource):
            failed.add(name)
    if failed:
        # All that touches such a file is left out, and the rest gets its turn in the next round.
        return [], {each.fix.edits for each in chosen.findings if each.fix is not None and _touches(each.fix, failed)}
    contents.update(new)
    return list(chosen.findings), set()


def still_there(applied: Sequence[Finding], report: Report) -> list[Finding]:
    """Those of the findings whose fixes were applied which are still reported, where they stand now."""
    edits = list(dict.fromkeys(edit for each in applied if each.fix is not None for edit in each.fix.edits))
    left = {(each.code, each.message, each.span.path, each.span.line) for each in report.findings}
    return [
        each for each in applied
        if any((each.code, each.message, each.span.path, line) in left for line in _lines_after(each.span, edits))
    ]  # fmt: skip


def _lines_after(span: Span, edits: Sequence[Edit]) -> range:
    """The line on which a place stands after the edits, or those that were written in its stead."""
    line, more = span.line, 0
    for edit in edits:
        place, added = edit.span, edit.text.count("\n")
        if place.path == span.path and (place.end_line, place.end_column) <= (span.line, span.column):
            line += added - (place.end_line - place.line)
        elif place.path == span.path and (place.line, place.column) <= (span.line, span.column):
            line, more = line - (span.line - place.line), added
    return range(line, line + more + 1)


def _without(finding: Finding, refused: set[tuple[Edit, ...]]) -> Finding:
    """The finding without edits that were tried in vain."""
    fix = finding.fix
    if fix is None or fix.edits not in refused or not fix.edits:
        return finding
    return msgspec.structs.replace(finding, fix=msgspec.structs.replace(fix, edits=()))


def _touches(fix: Fix, files: set[str]) -> bool:
    return any(edit.span.path in files for edit in fix.edits)


def write(changes: Sequence[FileChange]) -> tuple[Problem, ...]:
    """Write the files, each whole or not at all; what could not be written is returned as problems."""
    from freezelint.fix.writing import write_whole

    problems = []
    for change in changes:
        try:
            write_whole(change.path, change.after, expected=change.before)
        except OSError as error:
            reason = error.strerror or str(error)
            problems.append(
                Problem(path=change.display, message=f"cannot be written: {reason[:1].lower()}{reason[1:]}")
            )
    return tuple(problems)


def _files(paths: Sequence[str], settings: Settings) -> dict[str, str]:
    """The absolute paths of the files that may be written, by shown path."""
    found = discover(
        paths, cwd=os.getcwd(), root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    return {file.display: file.path for file in found.files}


def _cautious(finding: Finding) -> Finding:
    """What is only possible is mended only where the user takes risks."""
    fix = finding.fix
    if fix is None or finding.confidence is Confidence.CERTAIN or fix.safety is not Safety.SAFE:
        return finding
    return msgspec.structs.replace(finding, fix=msgspec.structs.replace(fix, safety=Safety.UNSAFE))


def _reader(report: Report, instead: Mapping[str, bytes]) -> Callable[[str], str | None]:
    def read(path: str) -> str | None:
        try:
            if path in instead:
                return source_of(instead[path], path).text
            return report.sources[path] if path in report.sources else read_source(path).text
        except UnreadableSource:
            return None

    return read
