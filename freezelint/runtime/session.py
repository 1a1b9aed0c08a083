"""One watched process: recordings, when they are judged, and when the run is stopped."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from freezelint.core.environment import GoneOver
from freezelint.core.findings import Confidence, Finding, Verdict
from freezelint.core.rules import Rule
from freezelint.core.timeline import Timeline
from freezelint.runtime import merging
from freezelint.runtime.bindings import Bindings, Seen
from freezelint.runtime.loading import AfterImport, Finder, Instrumenter
from freezelint.runtime.plan import Plan, Result
from freezelint.runtime.sites import Sites


class StopRun(BaseException):
    """Ends a run that has taken the steps it was given. No `Exception`, so that no handler takes it for an error."""


class Session:
    """Watches this process according to a plan. `rules` are loaded only when there is something to judge."""

    def __init__(self, plan: Plan, load: Callable[[], Sequence[Rule]], *, rank: int = 0) -> None:
        self.plan = plan
        self.timelines: Callable[[Plan], Iterable[Timeline]] | None = None
        """What the files of a replay do: see `run.replaying`."""
        self._load = load
        self._rank = rank
        self._process = os.getpid()
        self._exit = os._exit
        self.bindings = Bindings(plan.findings)
        self.instrumenter = Instrumenter(plan.findings, plan.names, self.bindings)
        self.sites = Sites(plan.names)
        self.stops = plan.target.kind != "pytest"
        self._counts: dict[int, int] = {}
        self._next_flush = 0.0
        self._raised = 0
        self._past: list[tuple[dict[int, Verdict], tuple[Finding, ...]]] = []
        self._past_steps = 0
        self._gone_over: dict[GoneOver, None] = {}
        self._problems: dict[str, None] = {}
        self.ended, self.detail = "running", ""

    # --- beginning ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Watch imports, and torch as soon as it is there."""
        sys.meta_path.insert(0, Finder(self.instrumenter))
        if "torch" in sys.modules:
            self._torch_is_there()
        else:
            sys.meta_path.insert(0, AfterImport("torch", self._torch_is_there))
        os.register_at_fork(after_in_child=self._forked)
        os._exit = self._leave  # type: ignore[assignment]
        if self.plan.timeout is not None and self._rank == 0:
            timer = threading.Timer(self.plan.timeout, self._timed_out)
            timer.daemon = True
            timer.start()

    def _torch_is_there(self) -> None:
        self.record()
        if self.plan.batches is not None:
            cut_batches(self.plan.batches)

    def record(self) -> None:
        """Begin a new recording; what was recorded until now is judged first."""
        if "torch" not in sys.modules:
            return
        from freezelint.runtime.probes import Probes
        from freezelint.runtime.recorder import Recorder

        self.keep()
        self._drop()
        probes = Probes(Recorder(self.sites), self._stepped)
        probes.install()
        self.bindings.probes = probes

    def keep(self) -> None:
        """Judge the present recording and keep what it says; it ends with that."""
        probes = self.bindings.probes
        if probes is not None:
            self._past.append(self._judged())
            self._gone_over.update(probes.recorder.structure.gone_over)
            self._past_steps += len(probes.recorder.measures.steps)
            self._drop()
        self.bindings.seen = {}

    def _drop(self) -> None:
        if self.bindings.probes is not None:
            self.bindings.probes.remove()
            self.bindings.probes = None

    def _forked(self) -> None:
        self._process = os.getpid()
        self._rank += 1
        if self.bindings.probes is not None:
            self.bindings.probes.here_after_fork()
            self._past_steps = -len(self.bindings.probes.recorder.measures.steps)

    # --- stopping -----------------------------------------------------------------------------------------------------

    def _stepped(self, optimizer: Any) -> None:
        count = self._counts[id(optimizer)] = self._counts.get(id(optimizer), 0) + 1
        limit = self.plan.steps
        if self.stops and limit is not None and count >= limit:
            self._stop(f"after {limit} optimizer steps")
        elif time.monotonic() >= self._next_flush:
            begun = time.monotonic()
            self.flush()  # should the process be killed
            # Judging a long recording takes its time: it never costs more than a small part of the run.
            self._next_flush = time.monotonic() + max(1.0, 30 * (time.monotonic() - begun))

    def _stop(self, detail: str) -> None:
        self.ended, self.detail = "stopped", detail
        self._raised += 1
        if self.bindings.probes is not None and self._raised == 1:
            # While all that it is about is still there.
            self.bindings.probes.tell(self.bindings.probes.recorder.measures.look)
        if self.plan.hard or self._raised > 2:  # something swallows it again and again
            self._leave(0)
        raise StopRun(detail)

    def _timed_out(self) -> None:
        self.ended, self.detail = "timed out", f"after {self.plan.timeout:g} seconds"
        self._leave(124)

    def _leave(self, status: int) -> None:
        try:
            self.flush()
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        finally:
            self._exit(status)

    # --- judging ------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write down what is known by now, for the process that asked for this run."""
        result = self.result()
        if self._rank and not result.steps:
            return  # a worker that loads data, a tool
        path = os.path.join(self.plan.folder, f"{self._process}.json")
        with open(path + ".new", "wb") as stream:
            stream.write(msgspec.json.encode(result))
        os.replace(path + ".new", path)

    def result(self) -> Result:
        """What is known by now."""
        probes = self.bindings.probes
        judged = [*self._past, self._judged()]
        steps = len(probes.recorder.measures.steps) if probes is not None else 0
        now = probes.recorder.structure.gone_over if probes is not None else {}
        main = getattr(sys.modules.get("__main__"), "__file__", None)
        if main is not None:
            self.instrumenter.note(main)
        return Result(
            process=self._process, steps=max(0, self._past_steps + steps),
            verdicts=merging.verdicts(verdicts for verdicts, _ in judged),
            own=merging.own_findings(own for _, own in judged),
            loaded=tuple(self.instrumenter.loaded), ended=self.ended, detail=self.detail,
            problems=tuple(self._problems), rank=self._rank,
            gone_over=(*self._gone_over, *now),
        )  # fmt: skip

    def _judged(self) -> tuple[dict[int, Verdict], tuple[Finding, ...]]:
        """The verdicts of the present recording, and the findings that only it shows."""
        probes = self.bindings.probes
        if probes is None:
            return self._without_torch(), ()
        if probes.failure is not None:
            self._problems[f"the recording ended early: {probes.failure!r}"] = None
        probes.active = False
        try:
            return self._judge(probes.recorder)
        except Exception as error:
            if os.environ.get("FREEZELINT_TRACEBACK"):
                raise
            self._problems[f"the recording could not be judged: {error!r}"] = None
            return {}, ()
        finally:
            probes.active = True

    def _judge(self, recorder: Any) -> tuple[dict[int, Verdict], tuple[Finding, ...]]:
        from freezelint.runtime.sites import covers
        from freezelint.runtime.verdicts import Judge

        recorder.whole = self.ended in ("finished", "failed") or self.plan.target.kind in ("pytest", "model")
        recorded = list(self._recorded(recorder))
        judge = Judge(recorder)
        verdicts: dict[int, Verdict] = {}
        for number, finding in enumerate(self.plan.findings):
            agrees = any(each.code == finding.code and covers(each.span, finding.span) for each in recorded)
            seen = self.bindings.seen.get(number, Seen())
            verdict = judge.verdict(finding, seen, agrees=agrees)
            verdicts[number] = self._unwatched(number, verdict)
        # What the analysis only holds possible is news where a rule is certain of it in the recording.
        known = [each for each in self.plan.findings if each.confidence is Confidence.CERTAIN]
        own = []
        for finding in recorded:
            if any(each.code == finding.code and covers(each.span, finding.span) for each in known):
                continue
            verdict = judge.verdict(finding, None)
            if verdict.outcome == "confirmed":
                own.append(msgspec.structs.replace(finding, verdict=verdict, origin="run"))
        return verdicts, merging.own_findings([own])

    def _unwatched(self, number: int, verdict: Verdict) -> Verdict:
        if verdict.outcome != "not-reached" or number in self.instrumenter.bound:
            return verdict
        return msgspec.structs.replace(
            verdict, outcome="undecided", summary="its line could not be watched in this process"
        )

    def _recorded(self, recorder: Any) -> list[Finding]:
        """What the rules find in the recording."""
        timeline = recorder.timeline("the run")
        if not timeline.events:
            return []
        shown = set(self.plan.names.values())
        found = []
        for rule in self._load():
            if rule.code not in self.plan.codes:
                continue
            try:
                findings = list(rule.findings(timeline))
            except Exception as error:
                self._problems[f"{rule.code} could not read the recording: {error!r}"] = None
                continue
            found += [
                each for each in findings if each.confidence is Confidence.CERTAIN and each.span.path in shown
            ]  # fmt: skip
        return found

    def _without_torch(self) -> dict[int, Verdict]:
        return {
            number: Verdict("not-reached", "torch was not imported", {}, 0) for number in range(len(self.plan.findings))
        }


def cut_batches(most: int) -> None:
    """Let each pass over a DataLoader give a number of batches at most."""
    import itertools

    from torch.utils.data import DataLoader

    original = DataLoader.__iter__

    def __iter__(self: Any) -> Any:
        return itertools.islice(original(self), most)

    DataLoader.__iter__ = __iter__  # type: ignore[method-assign]
