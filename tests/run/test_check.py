"""The check as a whole: what is read, what is analysed, what is reported."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
import pytest

from freezelint.config import Settings
from freezelint.core.environment import Environment
from freezelint.core.findings import Confidence, Finding, Note, Problem, Report, Severity
from freezelint.core.rules import Mistake, Rule
from freezelint.core.spans import Span
from freezelint.core.timeline import Timeline
from freezelint.run import reading
from freezelint.run.check import check
from freezelint.source.files import SourceFile, UnreadableSource

TRAINING = "p.requires_grad = False\n"


class Result(msgspec.Struct, frozen=True):
    """What an analysis returns."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


class Analysis:
    """Stands in for the analysis: reports what it was told to, and remembers what it was asked."""

    def __init__(self, *findings: Finding, problems: tuple[Problem, ...] = ()) -> None:
        self.result = Result(findings, problems)
        self.files: list[str] = []
        self.import_roots: tuple[str, ...] = ()
        self.rules: list[str] = []
        self.environment = Environment()

    def __call__(
        self,
        files: Sequence[SourceFile],
        rules: Sequence[Rule],
        *,
        import_roots: Sequence[str] = (),
        environment: Environment,
    ) -> Result:
        self.environment = environment
        self.files = [file.path for file in files]
        self.rules = [rule.code for rule in rules]
        self.import_roots = tuple(import_roots)
        return self.result


def nothing(timeline: Timeline) -> Iterable[Mistake]:
    return ()


def rules() -> tuple[Rule, ...]:
    return (Rule(code="FRZ101", name="requires-grad-on-module", summary="", severity=Severity.ERROR, check=nothing),)


def finding(path: str, line: int = 1, column: int = 1, **changes: object) -> Finding:
    span = Span(path, line, column, line, column + 5)
    made = Finding("FRZ101", "requires-grad-on-module", Severity.ERROR, Confidence.CERTAIN, "m", span)
    return msgspec.structs.replace(made, **changes)


Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write(path: str, content: str | bytes = TRAINING) -> None:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)

    return write


def run(*paths: str, analysis: Analysis | None = None, **settings: object) -> Report:
    base = Settings(root=os.getcwd())
    return check(paths or (".",), msgspec.structs.replace(base, **settings), load=rules, analyse=analysis or Analysis())


def problems(report: Report) -> dict[str, str]:
    assert all(problem.code == "FRZ902" for problem in report.problems)
    assert len({problem.path for problem in report.problems}) == len(report.problems)
    return {problem.path: problem.message for problem in report.problems}


def test_only_files_that_mention_training_are_analysed(write: Write) -> None:
    write("a.py")
    write("b.py", "print(1)\n")
    analysis = Analysis(finding("a.py"))
    report = run(analysis=analysis)
    assert analysis.files == ["a.py"]
    assert report.files == 2
    assert [one.span.path for one in report.findings] == ["a.py"]
    assert report.sources == {"a.py": TRAINING}


def test_neither_rules_nor_analysis_are_loaded_for_nothing(write: Write) -> None:
    write("b.py", "print(1)\n")

    def refuse() -> Sequence[Rule]:
        raise AssertionError("the rules were loaded")

    assert check(["."], Settings(root=os.getcwd()), load=refuse) == Report((), (), 1)


def test_findings_come_once_and_in_order(write: Write) -> None:
    write("a.py", TRAINING * 3)
    write("b.py")
    possible = finding("a.py", 3, confidence=Confidence.POSSIBLE)
    a, b = finding("a.py", 2), finding("b.py")
    analysis = Analysis(b, possible, finding("a.py", 3), finding("a.py", 2, 9), a, b)
    report = run(analysis=analysis, possible=True)
    assert [(one.span.path, one.span.line, one.span.column) for one in report.findings] == [
        ("a.py", 2, 1), ("a.py", 2, 9), ("a.py", 3, 1), ("b.py", 1, 1),
    ]  # fmt: skip
    assert all(one.confidence is Confidence.CERTAIN for one in report.findings)
    assert len({one.fingerprint for one in report.findings}) == 4


def test_possible_findings_are_shown_on_demand(write: Write) -> None:
    write("a.py")
    analysis = Analysis(finding("a.py", confidence=Confidence.POSSIBLE))
    assert run(analysis=analysis).findings == ()
    assert len(run(analysis=analysis, possible=True).findings) == 1


def test_comments_and_settings_silence(write: Write) -> None:
    write("a.py", "p.requires_grad = False  # freezelint: ignore[FRZ101]\n" + TRAINING)
    analysis = Analysis(finding("a.py", 1), finding("a.py", 2))
    assert [one.span.line for one in run(analysis=analysis).findings] == [2]
    assert run(analysis=analysis, per_file_ignores={"a.*": ("FRZ101",)}).findings == ()


def test_notes_in_imported_files_show_their_source(write: Write) -> None:
    write("a.py")
    write("lib/b.py", "x = 1\n")
    notes = (Note(Span("lib/b.py", 1, 1, 1, 2), "frozen here"), Note(Span("gone.py", 1, 1, 1, 2), "and here"))
    report = run("a.py", analysis=Analysis(finding("a.py", notes=notes)))
    assert report.sources == {"a.py": TRAINING, "lib/b.py": "x = 1\n"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("def f(:\n", None),
        ("if x:\n", None),
        ("'unclosed\n", None),
        (b"x = '\xff'\n", None),
        (b"x = 1\0\n", "null"),
        (b"# coding: no-such-codec\nx = 1\n", "no-such-codec"),
        (b"# coding: utf-8\nx = '\xe9'\n", None),
        ("(" * 5000 + ")" * 5000, None),
    ],
)
@pytest.mark.parametrize("training", [True, False])
def test_bad_input_is_a_problem_and_the_others_are_checked(
    write: Write, content: str | bytes, said: str | None, training: bool
) -> None:
    data = content.encode() if isinstance(content, str) else content
    write("bad.py", data + (TRAINING.encode() if training else b""))
    write("good.py")
    for paths in ((), ("bad.py", "good.py")):
        report = run(*paths, analysis=Analysis(finding("good.py")))
        assert list(problems(report)) == ["bad.py"]
        message = problems(report)["bad.py"]
        assert "\n" not in message and message
        assert said is None or said in message.lower()
        assert [one.span.path for one in report.findings] == ["good.py"]
        assert report.files == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbfx = 1\r\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"x = '\\d'\n",
        b"\x0c\nx = 1\n",
        b"x = 1",
    ],
)
def test_odd_input_is_no_problem(write: Write, content: bytes, recwarn: pytest.WarningsRecorder) -> None:
    write("odd.py", content)
    write("odd_training.py", content + b"\n" + TRAINING.encode())
    assert run().problems == ()
    assert not recwarn.list


def test_a_problem_says_where(write: Write) -> None:
    write("bad.py", "x = 1\ny = = 2\n")
    (problem,) = run().problems
    assert (problem.line, problem.column) == (2, 5)


def test_in_a_large_run_only_named_files_are_parsed_for_syntax(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SYNTAX_BUDGET", 10)
    write("bad.py", "def f(:\n")
    write("bad_too.py", "def f(:\n")
    assert problems(run()) == {}
    assert list(problems(run("bad.py", "."))) == ["bad.py"]


def test_a_file_that_refuses_is_a_problem(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py")
    write("b.py")

    def refusing(path: str) -> bytes:
        if path.endswith("a.py"):
            raise UnreadableSource("cannot read the file: permission denied")
        return Path(path).read_bytes()

    monkeypatch.setattr("freezelint.run.check.read_bytes", refusing)
    report = run(analysis=Analysis(finding("b.py")))
    assert problems(report) == {"a.py": "cannot read the file: permission denied"}
    assert len(report.findings) == 1


def test_a_notebook_is_not_taken_for_python(write: Write) -> None:
    write("n.ipynb", "x = 1")
    assert "notebook" in problems(run("n.ipynb"))["n.ipynb"]
    write("n.ipynb", '{"cells": []}')
    assert problems(run("n.ipynb")) == {}


def test_a_missing_path_is_a_problem(write: Write) -> None:
    write("a.py")
    report = run("none", "a.py", analysis=Analysis(finding("a.py")))
    assert problems(report) == {"none": "no such file or folder"}
    assert len(report.findings) == 1


def test_problems_of_the_analysis_are_kept_once(write: Write) -> None:
    write("bad.py", "p.requires_grad = = False\n")
    write("ok.py")
    said = (
        Problem("bad.py", "worded otherwise", 1, 1, "FRZ902"),
        Problem("lib/imported.py", "broken, but nobody asked", 1, 1, "FRZ902"),
        Problem("ok.py", "KeyError: 1", internal=True),
    )
    report = run(analysis=Analysis(problems=said))
    assert [(problem.path, problem.internal) for problem in report.problems] == [("bad.py", False), ("ok.py", True)]


def test_imports_start_from_given_folders_and_the_project(write: Write, tmp_path: Path) -> None:
    write("src/pkg/a.py")
    write("scripts/train.py")
    analysis = Analysis()
    run("scripts", "src/pkg/a.py", analysis=analysis)
    assert analysis.import_roots == (f"{tmp_path}/scripts", f"{tmp_path}/src", str(tmp_path))


def test_the_analysis_gets_the_chosen_rules(write: Write) -> None:
    write("a.py")
    analysis = Analysis()
    run(analysis=analysis, ignore=("FRZ101",))
    assert analysis.rules == []
