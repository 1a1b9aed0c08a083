"""Runs freezelint over pinned real packages and compares its findings with the verdicts of people who read them.

Run it from the root of the repository: `python -m tests.corpus.run [NAME]...`, see README.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.corpus import verdicts as data
from tests.corpus.comparison import Comparison, compare, described
from tests.corpus.verdicts import Judgement, Key, Package, Verdict
from tests.corpus.wheels import NotFetched, default_cache, unpacked


class _Found(msgspec.Struct, frozen=True):
    """What is of interest in a finding of the json report."""

    code: str
    path: str
    line: int
    message: str


class _Problem(msgspec.Struct, frozen=True):
    path: str
    message: str
    internal: bool


class _Report(msgspec.Struct, frozen=True):
    findings: tuple[_Found, ...]
    problems: tuple[_Problem, ...]
    files: int


class Outcome(msgspec.Struct, frozen=True):
    """One package: how it went, and the message of each finding. `failure` is empty where it was analysed whole."""

    package: Package
    seconds: float = 0.0
    files: int = 0
    messages: dict[Key, str] = {}
    failure: str = ""


def analysed(package: Package, folder: Path, *, timeout: float) -> Outcome:
    """Run the analysis over an unpacked wheel, in a process of its own."""
    command = [sys.executable, "-m", "freezelint", "--isolated", "--output-format", "json", "."]
    started = time.monotonic()
    try:
        result = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome(package, seconds=timeout, failure=f"was not finished after {timeout:.0f} seconds")
    seconds = time.monotonic() - started
    try:
        report = msgspec.json.decode(result.stdout, type=_Report)
    except msgspec.DecodeError:
        reason = (result.stderr.strip().splitlines() or ["no report"])[-1]
        return Outcome(package, seconds=seconds, failure=f"exit code {result.returncode}: {reason}")
    internal = [f"{problem.path}: {problem.message}" for problem in report.problems if problem.internal]
    messages = {
        Key(package=package.name, path=Path(each.path).as_posix(), line=each.line, code=each.code): each.message
        for each in report.findings
    }
    return Outcome(package, seconds, report.files, messages, "; ".join(internal))


def judge(outcomes: Sequence[Outcome], known: Sequence[Verdict]) -> Comparison:
    """Compare what was found in the packages that were analysed whole with the verdicts."""
    whole = [outcome for outcome in outcomes if not outcome.failure]
    found = [key for outcome in whole for key in outcome.messages]
    return compare(found, known, [outcome.package.name for outcome in whole])


def recorded(comparison: Comparison, outcomes: Sequence[Outcome], known: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts and a line for each unread finding, to be judged by hand."""
    versions = {outcome.package.name: outcome.package.version for outcome in outcomes}
    messages = {key: text for outcome in outcomes for key, text in outcome.messages.items()}
    new = [
        Verdict(key.package, versions[key.package], key.path, key.line, key.code, Judgement.UNREAD, messages[key])
        for key in comparison.unread
    ]
    unread = set(comparison.unread)
    return [*(each for each in known if each.key not in unread), *new]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all read. 1: something is unread. 2: a package was not analysed whole."""
    options = _options(arguments)
    packages = _chosen(options, data.read_packages(options.packages_file))
    known = data.read_verdicts(options.findings_file)
    stale = _stale(known, packages)
    if stale:
        print("\n".join(stale), file=sys.stderr)
        return 2
    outcomes = [_outcome(package, options) for package in packages]
    comparison = judge(outcomes, known)
    messages = {key: text for outcome in outcomes for key, text in outcome.messages.items()}
    reasons = {each.key: each.why for each in known}
    print()
    print("\n".join(described(comparison, messages, reasons)))
    if options.record:
        data.write_verdicts(recorded(comparison, outcomes, known), options.findings_file)
    if any(outcome.failure for outcome in outcomes):
        return 2
    return 1 if comparison.unread else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run freezelint over pinned packages and compare with the verdicts.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these packages")
    parser.add_argument("--short", action="store_true", help="only the packages marked `short`")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder for the wheels (%(default)s)")
    parser.add_argument("--timeout", type=float, default=900.0, help="seconds for one package (%(default)s)")
    parser.add_argument("--record", action="store_true", help="add unread findings to the findings file")
    parser.add_argument("--packages-file", type=Path, default=data.PACKAGES, metavar="FILE")
    parser.add_argument("--findings-file", type=Path, default=data.FINDINGS, metavar="FILE")
    return parser.parse_args(arguments)


def _chosen(options: argparse.Namespace, packages: Sequence[Package]) -> list[Package]:
    unknown = set(options.names) - {package.name for package in packages}
    if unknown:
        raise SystemExit(f"not in the corpus: {', '.join(sorted(unknown))}")
    return [
        package for package in packages
        if (not options.names or package.name in options.names) and (package.short or not options.short)
    ]  # fmt: skip


def _stale(known: Sequence[Verdict], packages: Sequence[Package]) -> list[str]:
    """Verdicts of another version: its lines are others, so they would be compared with the wrong findings."""
    versions = {package.name: package.version for package in packages}
    return [
        f"{each.key}: judged at {each.version}, but the corpus has {versions[each.package]}"
        for each in known
        if each.version != versions.get(each.package, each.version)
    ]


def _outcome(package: Package, options: argparse.Namespace) -> Outcome:
    """Fetch and analyse one package, and say how it went."""
    try:
        outcome = analysed(package, unpacked(package, options.cache.resolve()), timeout=options.timeout)
    except NotFetched as error:
        outcome = Outcome(package, failure=str(error))
    state = f"FAILED {outcome.failure}" if outcome.failure else f"{len(outcome.messages)} findings"
    print(f"{package.label:<36}{outcome.seconds:>7.1f} s{outcome.files:>6} files  {state}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
