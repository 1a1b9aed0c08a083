"""The confirmation: analyses what a program loads, runs it under probes in a process of its own, and joins the two."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence

import msgspec

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Problem, Report
from freezelint.core.rules import Rule
from freezelint.discovery import discover
from freezelint.registry import load_rules
from freezelint.run import names_seen
from freezelint.run.cells import in_cells, in_text
from freezelint.run.check import check, import_roots, place, settled, sources_of
from freezelint.run.environment import environment_of
from freezelint.run.fingerprint import with_fingerprints
from freezelint.run.imports import closure, locate
from freezelint.run.reading import read_files
from freezelint.run.selection import chosen_rules
from freezelint.runtime import merging
from freezelint.runtime.plan import Plan, Result
from freezelint.runtime.plan import Target as Target
from freezelint.source.files import SourceFile

_GRACE = 10.0


class Options(msgspec.Struct, frozen=True):
    """How the program is run: see `Plan`."""

    steps: int | None = 20
    batches: int | None = None
    hard: bool = False
    timeout: float | None = None


class Confirmation(msgspec.Struct, frozen=True):
    """The report, what the run says of itself in one line, and whether the program itself failed."""

    report: Report
    told: str
    failed: bool


def confirm(
    target: Target, settings: Settings, options: Options, *, load: Callable[[], Sequence[Rule]] = load_rules
) -> Confirmation:
    """Run the target and judge the findings of the files that it loads.

    Raises `UnknownRule` and `RegistryError`.
    """
    cwd = os.getcwd()
    rules = chosen_rules(load(), settings)
    files = _files(target, settings, cwd)
    found = discover(files, cwd=cwd, root=settings.root, exclude=(), extend_exclude=())
    static = check(files, msgspec.structs.replace(settings, possible=True), load=load) if files else _EMPTY
    names = {file.path: file.display for file in found.files}
    with tempfile.TemporaryDirectory(prefix="freezelint-") as folder:
        plan = Plan(
            target=target, codes=tuple(rule.code for rule in rules), findings=in_cells(static).findings, names=names,
            folder=folder, steps=options.steps, batches=options.batches, hard=options.hard, timeout=options.timeout,
        )  # fmt: skip
        status = _run(plan)
        result = merging.results(_results(folder))
    if result is None:
        failure = f"the program ended with exit code {status} before anything could be recorded"
        return Confirmation(_report(static, (), len(files), [Problem(target.name, failure)]), failure, True)
    verdicts = _with_verdicts(static.findings, result, settings)
    training = read_files(found.files).training
    texts = {file.path: file.text for file in training}
    seen = _seen(target, result, training, rules, settings)
    only_run = [each for each in seen if not any(_same(each, other) for other in verdicts)]
    own = settled(only_run, settings, found, training)
    own = with_fingerprints(own, texts, root=settings.root, cwd=cwd)
    findings = tuple(sorted((*verdicts, *own), key=place))
    problems = [*static.problems, *(Problem(target.name, text, internal=True) for text in result.problems)]
    report = _report(static, findings, len(result.loaded), problems)
    told = _replayed(result, target) if target.kind == "model" else _told(result, options)
    return Confirmation(report, told, result.ended in ("failed", "timed out"))


_EMPTY = Report(findings=(), problems=(), files=0)


def _report(static: Report, findings: tuple[Finding, ...], files: int, problems: list[Problem]) -> Report:
    texts = dict(static.sources)
    texts.update(sources_of([each for each in findings if each.span.path not in texts], texts))
    return Report(findings=findings, problems=tuple(problems), files=files, sources=texts, notebooks=static.notebooks)


def _seen(
    target: Target, result: Result, training: Sequence[SourceFile], rules: Sequence[Rule], settings: Settings
) -> tuple[Finding, ...]:
    """What the run shows by itself; a replay does only what the analysis tells."""
    if target.kind == "model":
        return ()
    notebooks = {file.path: file.notebook for file in training if file.notebook is not None}
    loaded = [file for file in training if file.notebook is None and file.path in result.loaded]
    folders = list(dict.fromkeys(os.path.dirname(os.path.abspath(file.path)) for file in loaded))
    by_name = names_seen.findings(loaded, rules, result, environment_of(settings), folders)
    return (*in_text(result.own, notebooks), *by_name)


def _with_verdicts(findings: Sequence[Finding], result: Result, settings: Settings) -> list[Finding]:
    """The findings in files that were loaded, with their verdicts."""
    kept = []
    for number, finding in enumerate(findings):
        verdict = result.verdicts.get(number)
        if verdict is None or finding.span.path not in result.loaded:
            continue
        if settings.possible or finding.confidence is Confidence.CERTAIN:
            kept.append(msgspec.structs.replace(finding, verdict=verdict))
    return kept


def _same(finding: Finding, other: Finding) -> bool:
    span, place = finding.span, other.span
    return (
        finding.code == other.code and (span.path, span.cell) == (place.path, place.cell)
        and span.line <= place.end_line and place.line <= span.end_line
    )  # fmt: skip


def _files(target: Target, settings: Settings, cwd: str) -> tuple[str, ...]:
    """The files of the project that the target may load."""
    roots = import_roots((), settings, cwd)
    match target.kind:
        case "model":
            found = discover(
                target.arguments[1:], cwd=cwd, root=settings.root, exclude=settings.exclude,
                extend_exclude=settings.extend_exclude,
            )  # fmt: skip
            return tuple(file.path for file in found.files if file.path.endswith(".py"))
        case "script":
            starts = [target.name]
            roots = (os.path.dirname(os.path.abspath(target.name)), *roots)
        case "module" | "function":
            file = locate(target.name.partition(":")[0], (cwd, *roots))
            # A launcher of processes is given the script that they run.
            given = [argument for argument in target.arguments if argument.endswith(".py") and os.path.isfile(argument)]
            starts = [file, *given] if file is not None else given
            roots = (*dict.fromkeys(os.path.dirname(os.path.abspath(each)) for each in given), *roots)
        case "notebook":
            path = os.path.abspath(target.name)
            starts = [path, *_beside(os.path.dirname(path))]
        case _:
            given = [argument.partition("::")[0] for argument in target.arguments]
            paths = [path for path in given if os.path.exists(path)] or [cwd]
            found = discover(
                paths, cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
            )
            starts = [file.path for file in found.files]
    inside = closure(starts, roots)
    return tuple(file for file in inside if "site-packages" not in file)


def _beside(folder: str) -> list[str]:
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".py")]


def _run(plan: Plan) -> int:
    """Run the plan in a process of its own, whose streams are the user's; its exit code."""
    path = os.path.join(plan.folder, "plan")
    with open(path, "wb") as stream:
        stream.write(msgspec.json.encode(plan))
    sys.stdout.flush()
    sys.stderr.flush()
    entry = "freezelint.run.replaying" if plan.target.kind == "model" else "freezelint.runtime.process"
    process = subprocess.Popen([sys.executable, "-m", entry, path])
    try:
        return process.wait(None if plan.timeout is None else plan.timeout + _GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    except KeyboardInterrupt:
        # The terminal has told the process as well: it may end by itself, with what it knows.
        try:
            return process.wait(_GRACE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
            return process.wait()


def _results(folder: str) -> list[Result]:
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name), "rb") as stream:
                found.append(msgspec.json.decode(stream.read(), type=Result))
    return found


def _replayed(result: Result, target: Target) -> str:
    """What a replay says of itself."""
    if result.ended == "failed":
        return f"nothing was replayed: {result.detail}"
    steps = f"{result.steps} optimizer step{'' if result.steps == 1 else 's'}"
    return f"replayed on the model of {target.name}, with a synthetic batch: {steps}"


def _told(result: Result, options: Options) -> str:
    """What the run says of itself."""
    steps = f"{result.steps} optimizer step{'' if result.steps == 1 else 's'}"
    match result.ended:
        case "stopped":
            cut = "what follows was not run: --steps says how many to take"
            if options.hard:
                cut += ", and exit handlers did not run (--hard)"
            return f"the run was stopped {result.detail}; {cut}"
        case "failed":
            return f"the program failed ({result.detail}) after {steps}; the verdicts are about what ran before"
        case "timed out":
            return f"the run was ended {result.detail} (--timeout), after {steps}"
        case "running":
            return f"the program was killed after {steps}; the verdicts are about what ran before"
        case _:
            return f"the program ran to its end and took {steps}"
