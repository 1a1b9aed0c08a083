"""Results are the same whoever works them out, in whatever order; a worker that dies costs one entry point."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from freezelint.analysis import AnalysisResult, analyse
from freezelint.analysis import workers as working
from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.analysis.results import EntryResult, Forgetful, Judge
from freezelint.analysis.scheduling import EntryPoint, Schedule, facts_of
from freezelint.analysis.workers import Crew
from freezelint.core.rules import Rule
from freezelint.registry import load_rules
from freezelint.source.files import SourceFile, read_source

PROGRAMS = Path(__file__).parents[1] / "programs"
RULES = load_rules()


def sources(*folders: str) -> list[SourceFile]:
    """The programs of these folders as one project."""
    files = sorted(path for folder in folders for path in (PROGRAMS / folder).rglob("*.py"))
    return [read_source(path) for path in files]


FILES = sources("bugs")[:150]


def judge(rules: Sequence[Rule] = RULES) -> tuple[Judge, list[EntryPoint]]:
    project = Project(FILES)
    modules = ((path, project.module_at(path)) for path in project.given)
    facts = {path: facts_of(module) for path, module in modules if module is not None}
    schedule = Schedule(project, facts)
    return Judge(project, rules, None), list(schedule.points(schedule.mentions(facts)))


@pytest.fixture(scope="module")
def alone() -> AnalysisResult:
    result = analyse(FILES, RULES)
    assert len(result.results) > 20 and len(result.findings) > 20
    return result


def test_the_order_of_the_files_makes_no_difference(alone: AnalysisResult) -> None:
    shuffled = list(FILES)
    random.Random(1).shuffle(shuffled)
    assert analyse(shuffled, RULES) == alone


def test_entry_points_can_be_entered_in_any_order(alone: AnalysisResult) -> None:
    """Each result is what it is in the usual order, though what is shared was made for another entry point."""
    usual, points = judge()
    in_order = {point: usual.result(point) for point in points}
    other, _ = judge()
    backwards = {point: other.result(point) for point in reversed(points)}
    for point in points:
        assert backwards[point] == in_order[point], point


@pytest.mark.parametrize("forks", [True, False], ids=["forked", "started"])
def test_workers_find_the_same(alone: AnalysisResult, forks: bool) -> None:
    if forks and not hasattr(os, "fork"):
        pytest.skip("needs fork")
    worker, points = judge()
    seen: list[EntryPoint] = []
    results = list(Crew(worker, Forgetful(), 2, seen.append, forks=forks).results(points))
    assert tuple(results) == alone.results
    assert set(seen) <= set(points) and len(seen) >= len(results)


class Remembers(Forgetful):
    """Remembers some results."""

    def __init__(self, results: dict[EntryPoint, EntryResult]) -> None:
        self.results = results
        self.new: list[EntryPoint] = []

    def result(self, point: EntryPoint) -> EntryResult | None:
        return self.results.get(point)

    def keep_result(self, point: EntryPoint, result: EntryResult) -> None:
        self.new.append(point)


def test_remembered_results_count_as_if_they_were_new(alone: AnalysisResult) -> None:
    worker, points = judge()
    known = {point: worker.result(point) for point in points[::2]}
    memory = Remembers(known)
    again, _ = judge()
    assert tuple(Crew(again, memory, 1, lambda point: None).results(points)) == alone.results
    assert memory.new and not set(memory.new) & known.keys()


def test_a_remembered_result_is_not_used_where_an_answer_changed() -> None:
    worker, points = judge()
    known = {point: worker.result(point) for point in points}
    asking = {point for point, result in known.items() if result.asked}
    assert asking
    worker.project.anywhere_given = lambda question: True  # type: ignore[method-assign]
    changed = {point for point in asking if not all(answer for _, answer in known[point].asked)}
    assert changed
    memory = Remembers(known)
    list(Crew(worker, memory, 1, lambda point: None).results(points))
    assert set(memory.new) <= changed and memory.new


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_worker_that_dies_costs_one_entry_point(alone: AnalysisResult, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, points = judge()
    victim = next(point for point in points if point.is_due(set()) and worker.result(point).findings)
    real, parent = Judge.result, os.getpid()

    def result(self: Judge, point: EntryPoint) -> EntryResult:
        if point == victim and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, point)

    monkeypatch.setattr(Judge, "result", result)
    got = analyse(FILES, RULES, jobs=2)
    assert [problem.internal for problem in got.problems] == [True]
    assert "died" in got.problems[0].message
    lost = {finding.span.path for finding in alone.findings} - {finding.span.path for finding in got.findings}
    assert lost <= {victim.path}


def test_workers_are_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[working.Worker] = []
    real = working.Worker.end
    monkeypatch.setattr(working.Worker, "end", lambda self: (ended.append(self), real(self))[1])
    worker, points = judge()

    def interrupt(point: EntryPoint) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Crew(worker, Forgetful(), 3, interrupt).results(points))
    assert len(ended) == 3
    if hasattr(os, "fork"):
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


def test_small_work_is_done_alone_and_large_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "cores", lambda: 4)
    worker, _ = judge()
    by_itself = Crew(worker, Forgetful(), None, lambda point: None)
    assert by_itself.number(working.WORTH_WORKERS - 1) == 1
    assert by_itself.number(working.WORTH_WORKERS) == 4
    assert Crew(worker, Forgetful(), 8, lambda point: None).number(3) == 3


def test_a_result_rests_on_all_files_that_it_came_from(tmp_path: Path) -> None:
    texts = {
        "main.py": "from helper import Net, freeze\n\nmodel = Net()\nfreeze(model)\n",
        "helper.py": "from torch import nn\nfrom deep import freeze\n\n\nclass Net(nn.Module):\n    pass\n",
        "deep.py": "def freeze(model):\n    model.requires_grad = False\n",
        "unrelated.py": "import torch\n\ntorch.optim.SGD([], lr=1.0)\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    project = Project([read_source(tmp_path / name) for name in ("main.py", "unrelated.py")])
    modules = {path: project.module_at(path) for path in project.given}
    schedule = Schedule(project, {path: facts_of(module) for path, module in modules.items() if module is not None})
    entries = Entries(project)
    # Twice: the second time the definitions are there already, and rest on the same.
    for _ in range(2):
        for point in schedule.points({}):
            rests = entries.enter(point).rests
            names = {os.path.basename(path) for path in rests.files}
            expected = {"main.py", "helper.py", "deep.py"} if point.path.endswith("main.py") else {"unrelated.py"}
            assert names == expected
            assert str(tmp_path / "torch.py") in rests.absent
