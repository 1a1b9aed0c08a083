"""Which plants change what a program does, which of them are found, and the table of both."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from freezelint.analysis import analyse
from freezelint.core.findings import Confidence
from freezelint.core.rules import Rule
from freezelint.source.files import SourceFile
from freezelint_rules import RULES
from tests.mutations.plants import Plant, plants

ROOT = Path(__file__).parents[2]


class Verdict(msgspec.Struct, frozen=True):
    """A plant, whether a run of it differs from one of its host (None: it was not run), and what is told of it."""

    plant: Plant
    real: bool | None
    found: frozenset[str]

    @property
    def hit(self) -> bool:
        """Whether one of the rules that should tell of it does."""
        return bool(self.found & self.plant.codes)


class Runner:
    """A process that runs programs one after the other."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("behaviour.py"))], cwd=self._folder.name, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def digest(self, text: str) -> str:
        """What a program does; raises AssertionError where it ends the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        assert told, "the program has ended the process"
        return told

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


def found_in(text: str, rules: Sequence[Rule] = RULES) -> frozenset[str]:
    """The codes of the certain findings in a program."""
    result = analyse([SourceFile("program.py", text)], rules)
    assert not result.problems, result.problems
    return frozenset(each.code for each in result.findings if each.confidence is Confidence.CERTAIN)


def chosen(hosts: Mapping[str, str], each: int, seed: int = 0) -> list[Plant]:
    """At most so many plants of each kind, from as many hosts as possible."""
    dice = random.Random(seed)
    by_kind: dict[str, list[Plant]] = defaultdict(list)
    for name, text in hosts.items():
        for plant in plants(name, text):
            by_kind[plant.kind].append(plant)
    result: list[Plant] = []
    for kind in sorted(by_kind):
        dice.shuffle(by_kind[kind])
        first = {plant.host: plant for plant in reversed(by_kind[kind])}
        rest = [plant for plant in by_kind[kind] if first[plant.host] is not plant]
        result.extend([*first.values(), *rest][:each])
    return result


def judged(hosts: Mapping[str, str], planted: Iterable[Plant], *, run: bool) -> Iterator[Verdict]:
    """Verdicts on the plants. Those in hosts that do not do the same twice are left out where they are `run`."""
    runner = Runner() if run else None
    digests: dict[str, str] = {}
    before: dict[str, frozenset[str]] = {}
    try:
        for plant in planted:
            text = hosts[plant.host]
            if plant.host not in before:
                before[plant.host] = found_in(text)
                if runner is not None:
                    once, twice = runner.digest(text), runner.digest(text)
                    digests[plant.host] = once if once == twice else ""
            if runner is not None and not digests[plant.host]:
                continue
            real = None if runner is None else _differs(runner.digest(plant.text), digests[plant.host])
            yield Verdict(plant, real, found_in(plant.text) - before[plant.host])
    finally:
        if runner is not None:
            runner.close()


def _differs(digest: str, host: str) -> bool:
    """Whether a plant is a mistake of the kind that is meant: not one that Python tells at once."""
    return digest != host and not digest.rstrip().endswith(("NameError", "UnboundLocalError", "ImportError"))


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Recall by kind of mistake and by rule: of the plants that change what the program does, how many are found."""
    yield f"{'mistake':<44}{'plants':>7}{'real':>6}{'found':>7}{'recall':>8}{'other':>7}"
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        groups[f"{each.plant.kind} ({min(each.plant.codes)})"].append(each)
    for title in sorted(groups, key=lambda title: title.rpartition("(")[2]):
        yield _row(title, groups[title])
    yield _row("all", verdicts)


def _row(title: str, verdicts: Sequence[Verdict]) -> str:
    real = [each for each in verdicts if each.real is not False]
    hits = sum(each.hit for each in real)
    other = sum(bool(each.found) and not each.hit for each in real)
    recall = f"{hits / len(real):.0%}" if real else "-"
    return f"{title:<44}{len(verdicts):>7}{len(real):>6}{hits:>7}{recall:>8}{other:>7}"
