"""Works out the results of entry points, in this process or in several: the results, and their order, are the same.

The entry points are handed out in their order, each when somebody is free and what is known by then does not make it
needless. In the end all are gone through in their order: what turns out to be needless is thrown away, and what turns
out to be missing is worked out then. Where processes can be forked, a worker is a copy of this one that knows all that
this one knows; elsewhere it is a new one that is told.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO

import msgspec

from freezelint.core.findings import Problem

from .project import Project
from .results import EntryResult, Judge, Memory
from .scheduling import EntryPoint
from .values import Place

WORTH_WORKERS = 48
"""How many entry points there must be to work out before other processes are asked: some of a second's work."""
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
"""Not on macOS, where a forked process may not use much of the system."""
_LENGTH = struct.Struct("<Q")


class Answer(msgspec.Struct, frozen=True):
    """What a worker sends back: a result, and where the time went since its last answer."""

    result: EntryResult
    seconds: dict[str, float]
    counts: dict[str, int]


class Worker:
    """Another process that works out results."""

    def __init__(self, given: BinaryIO, answers: BinaryIO, process: subprocess.Popen[bytes] | int) -> None:
        self.given = given
        self.answers = answers
        self._process = process
        self._decoder = msgspec.msgpack.Decoder(Answer)

    def ask(self, point: EntryPoint) -> Answer:
        """The result of an entry point; raises EOFError and OSError where the process has died."""
        _send(self.given, msgspec.msgpack.encode(point))
        return self._decoder.decode(_receive(self.answers))

    def end(self) -> None:
        """End the process, whatever it is at. Whoever waits for it sees it die."""
        if isinstance(self._process, int):
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
        else:
            self._process.kill()
            self._process.wait()


class Crew:
    """Those who work: this process, and others where `jobs` says so, or where it says nothing and it is worth it.

    `progress` learns of each entry point that is begun or done.
    """

    def __init__(
        self,
        judge: Judge,
        memory: Memory,
        jobs: int | None,
        progress: Callable[[EntryPoint], None],
        *,
        forks: bool = FORKS,
    ) -> None:
        self._judge = judge
        self._memory = memory
        self._jobs = jobs
        self._progress = progress
        self._forks = forks

    def results(self, points: Sequence[EntryPoint]) -> Iterator[EntryResult]:
        """The results that count, in the order of the points: without those of points that others make needless."""
        known = {point: result for point in points if (result := self._remembered(point)) is not None}
        stages = self._judge.project.stages
        stages.count("entry points", len(points))
        stages.count("entry points known from earlier runs", len(known))
        number = self.number(len(points) - len(known))
        if number > 1:
            known.update(self._together(points, known, number))
        visited: set[Place] = set()
        for point in points:
            if not point.is_due(visited):
                continue
            result = known.get(point)
            if result is None:
                self._progress(point)
                result = self._judge.result(point)
                self._memory.keep_result(point, result)
            visited.update(result.visited)
            yield result

    def _remembered(self, point: EntryPoint) -> EntryResult | None:
        result = self._memory.result(point)
        ask = self._judge.project.anywhere_given
        return result if result is not None and all(ask(each) is answer for each, answer in result.asked) else None

    def number(self, missing: int) -> int:
        """How many processes are to work out so many results."""
        if self._jobs is not None:
            return min(self._jobs, missing)
        return cores() if missing >= WORTH_WORKERS else 1

    def _together(
        self, points: Sequence[EntryPoint], known: Mapping[EntryPoint, EntryResult], number: int
    ) -> dict[EntryPoint, EntryResult]:
        """What other processes have worked out."""
        todo = _ToDo(points, known)
        workers: list[Worker] = []
        answers: SimpleQueue[tuple[EntryPoint, Answer | None] | None] = SimpleQueue()
        try:
            for _ in range(number):
                workers.append(_forked(self._judge, workers) if self._forks else _started(self._judge))
            threads = [Thread(target=_attend, args=(worker, todo, answers), daemon=True) for worker in workers]
            for thread in threads:
                thread.start()
            return self._gathered(answers, todo, len(threads))
        finally:
            for worker in workers:
                worker.end()

    def _gathered(
        self, answers: SimpleQueue[tuple[EntryPoint, Answer | None] | None], todo: _ToDo, attended: int
    ) -> dict[EntryPoint, EntryResult]:
        found: dict[EntryPoint, EntryResult] = {}
        while attended:
            item = answers.get()
            if item is None:
                attended -= 1
                continue
            point, answer = item
            self._progress(point)
            if answer is None:
                found[point] = self._lost(point)
                continue
            self._judge.project.stages.add(answer.seconds, answer.counts)
            self._memory.keep_result(point, answer.result)
            found[point] = answer.result
        return found

    def _lost(self, point: EntryPoint) -> EntryResult:
        path = self._judge.project.display(point.path)
        message = f"internal error: the process that analysed {point.key(path)} died"
        return EntryResult(problems=(Problem(path=path, message=message, internal=True),))


class _ToDo:
    """Hands out entry points in their order, but for those that are needless as far as is known by then."""

    def __init__(self, points: Sequence[EntryPoint], known: Mapping[EntryPoint, EntryResult]) -> None:
        self._points = iter(points)
        self._known = known
        self._visited: set[Place] = set()
        self._lock = Lock()

    def take(self) -> EntryPoint | None:
        """The next one, None at the end."""
        with self._lock:
            for point in self._points:
                if not point.is_due(self._visited):
                    continue
                if point not in self._known:
                    return point
                self._visited.update(self._known[point].visited)
            return None

    def done(self, result: EntryResult) -> None:
        """A result is there."""
        with self._lock:
            self._visited.update(result.visited)


def _attend(worker: Worker, todo: _ToDo, answers: SimpleQueue[tuple[EntryPoint, Answer | None] | None]) -> None:
    """Keep a worker busy, in a thread of its own, until nothing is left to do or it has died."""
    try:
        while (point := todo.take()) is not None:
            try:
                answer = worker.ask(point)
            except (EOFError, OSError, msgspec.MsgspecError):
                answers.put((point, None))
                return
            todo.done(answer.result)
            answers.put((point, answer))
    finally:
        answers.put(None)


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- processes -----------------------------------------------------------------------------------------------------


def _forked(judge: Judge, others: Sequence[Worker]) -> Worker:
    """A copy of this process."""
    to_read, to_give = os.pipe()
    to_hear, to_answer = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            # A process sees the end of a pipe only if no other one could still write to it.
            for stream in (stream for other in others for stream in (other.given, other.answers)):
                os.close(stream.fileno())
            os.close(to_give)
            os.close(to_hear)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            serve(judge, os.fdopen(to_read, "rb"), os.fdopen(to_answer, "wb"))
            status = 0
        finally:
            # Without what this process would do at its end: that is for the first one alone.
            os._exit(status)
    os.close(to_read)
    os.close(to_answer)
    return Worker(os.fdopen(to_give, "wb"), os.fdopen(to_hear, "rb"), process)


_MAIN = "import sys; sys.path[:] = {path!r}; from freezelint.analysis.workers import main; main()"


def _started(judge: Judge) -> Worker:
    """A new process, which is told what this one knows."""
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    project = judge.project
    _send(process.stdin, pickle.dumps((project.sources, project.roots, judge.rules, judge.environment)))  # type: ignore[arg-type]
    return Worker(process.stdin, process.stdout, process)  # type: ignore[arg-type]


def main() -> None:
    """What a new process does."""
    given, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a rule prints must not get between the answers.
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    files, roots, rules, environment = pickle.loads(_receive(given))
    serve(Judge(Project(files, roots), rules, environment), given, answers)


def serve(judge: Judge, given: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks."""
    decoder = msgspec.msgpack.Decoder(EntryPoint)
    stages = judge.project.stages
    stages.taken()
    while True:
        try:
            point = decoder.decode(_receive(given))
        except EOFError:
            return
        result = judge.result(point)
        _send(answers, msgspec.msgpack.encode(Answer(result, *stages.taken())))


def _send(stream: BinaryIO, data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: BinaryIO) -> bytes:
    """What the other side has sent; raises EOFError where it sends no more."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
