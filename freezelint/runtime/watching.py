"""`watch`: the probes in a training loop of the user's own, as a context manager."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from freezelint.core.findings import Confidence, Finding, Severity

if TYPE_CHECKING:
    from torch import nn
    from torch.optim import Optimizer

    from freezelint.runtime.probes import Probes
    from freezelint.runtime.recorder import Recorder


class FreezingMistake(AssertionError):
    """A watched training has shown mistakes: `findings`, each with its verdict."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(line for finding in findings for line in lines_of(finding)))
        self.findings = tuple(findings)


class Watch:
    """A training that is watched. `findings` are there once it has ended.

    Use it in a `with` statement, or call `begin` and `end`. Only one can be active at a time in a process.
    """

    def __init__(
        self, model: nn.Module | None, *optimizers: Optimizer, every_n_steps: int = 1, raises: bool = False,
        file: TextIO | None = None,
    ) -> None:  # fmt: skip
        """Watch the training of a model.

        `every_n_steps` is how often a step and the forward before it are looked at closely; flags, modes and
        optimizers are followed all the time. With `raises` mistakes raise `FreezingMistake` at the end, else they are
        written to `file` (standard error). Raises ValueError where `every_n_steps` is not positive.
        """
        if every_n_steps < 1:
            raise ValueError("every_n_steps must be 1 or more")
        self.findings: tuple[Finding, ...] = ()
        self.steps = 0
        self._model = model
        self._optimizers = optimizers
        self._every = every_n_steps
        self._raises = raises
        self._file = file
        self._probes: Probes | None = None

    def begin(self) -> Watch:
        """Put the probes in place. Raises RuntimeError where it has begun already."""
        from freezelint.runtime.probes import Probes
        from freezelint.runtime.recorder import Recorder
        from freezelint.runtime.sites import Sites

        if self._probes is not None:
            raise RuntimeError("this training is watched already")
        recorder = Recorder(Sites())
        self._probes = Probes(recorder, self._stepped)
        self._probes.tell(recorder.introduce, self._model, self._optimizers)
        self._probes.install()
        return self

    def end(self) -> tuple[Finding, ...]:
        """Take the probes away and judge; the findings. Neither reports nor raises."""
        probes, self._probes = self._probes, None
        if probes is None:
            return self.findings
        probes.remove()
        self.findings = tuple(judged(probes.recorder))
        return self.findings

    @property
    def probes(self) -> Probes | None:
        """The probes, while they are in place."""
        return self._probes

    def _stepped(self, optimizer: Any) -> None:
        self.steps += 1
        assert self._probes is not None
        # The first rounds are looked at in any case: a short training has no others.
        self._probes.close_up = self.steps < 3 or (self.steps + 1) % self._every == 0

    def __enter__(self) -> Watch:
        return self.begin()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        findings = self.end()
        if findings and self._raises and error is None:
            raise FreezingMistake(findings)
        if findings and (not self._raises or error is not None):
            report(findings, self._file)


def watch(
    model: nn.Module | None, *optimizers: Optimizer, every_n_steps: int = 1, raises: bool = False,
    file: TextIO | None = None,
) -> Watch:  # fmt: skip
    """Watch a training loop: `with watch(model, optimizer): ...`. See `Watch`."""
    return Watch(model, *optimizers, every_n_steps=every_n_steps, raises=raises, file=file)


def judged(recorder: Recorder) -> list[Finding]:
    """What the rules are certain of in a recording, as far as the measurements confirm it."""
    from freezelint.registry import load_rules
    from freezelint.runtime.verdicts import Judge

    timeline = recorder.timeline("the training")
    if not timeline.events:
        return []
    judge = Judge(recorder)
    found: dict[tuple[object, ...], Finding] = {}
    for rule in load_rules():
        if not rule.default or (rule.severity is Severity.INFO and rule.worst is None):
            continue
        for finding in rule.findings(timeline):
            quiet = finding.severity is Severity.INFO or finding.confidence is not Confidence.CERTAIN
            if quiet or not finding.span.path:
                continue
            verdict = judge.verdict(finding, None)
            if verdict.outcome == "confirmed":
                key = (finding.code, finding.span.path, finding.span.cell, finding.span.line)
                found.setdefault(key, msgspec.structs.replace(finding, verdict=verdict, origin="run"))
    return list(found.values())


def lines_of(finding: Finding) -> list[str]:
    """A finding of a run as lines of text."""
    span = finding.span
    lines = [f"{span.path}:{span.line}:{span.column}: {finding.code} {finding.name} {finding.message}"]
    lines += [f"  note: {note.span.path}:{note.span.line}: {note.message}" for note in finding.notes if note.span.path]
    if finding.verdict is not None:
        lines.append(f"  run: {finding.verdict.outcome.upper()}: {finding.verdict.summary}")
    return lines


def report(findings: Sequence[Finding], file: TextIO | None) -> None:
    """Write findings as text."""
    stream = sys.stderr if file is None else file
    for finding in findings:
        for line in lines_of(finding):
            print(line, file=stream)
