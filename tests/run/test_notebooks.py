"""Notebooks in a check: places in cells, comments, fixes, baselines, changed lines, broken cells."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.report.formats import FORMATS, writer
from freezelint.run.baseline import compared, dump, entries_of, load
from freezelint.run.cells import in_cells
from freezelint.run.changes import changes_since, only_changed
from freezelint.run.check import check
from freezelint.run.fixing import mend, write
from freezelint.run.ignoring import add_ignores

HEAD = "%matplotlib inline\nfrom torch import nn"
MODEL = "model = nn.Linear(2, 2)"
BAD = "model.requires_grad = False"
Save = Callable[..., None]


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Save:
    """Write a notebook of these cells into the current folder."""
    monkeypatch.chdir(tmp_path)

    def save(*cells: str, name: str = "n.ipynb") -> None:
        written = [
            {"cell_type": "markdown", "metadata": {}, "source": ["model.requires_grad"]},
            *(
                {
                    "cell_type": "code", "metadata": {}, "execution_count": 1, "source": cell.splitlines(keepends=True),
                    "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"{BAD}\n"]}],
                }
                for cell in cells
            ),
        ]  # fmt: skip
        document = {"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        Path(name).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    return save


def settings(**more: Any) -> Settings:
    return Settings(root=os.getcwd(), **({"select": ("FRZ1", "FRZ3", "FRZ9")} | more))


def run(*paths: str) -> Report:
    return in_cells(check(paths or (".",), settings()))


def places(report: Report) -> list[tuple[str, int | None, int, int]]:
    return [(each.code, each.span.cell, each.span.line, each.span.column) for each in report.findings]


def test_cells_are_one_program_and_findings_stand_in_cells(save: Save) -> None:
    save(HEAD, f"%%time\n{MODEL}", "%%bash\nmodel.requires_grad = False", f"files = !ls\n%time {BAD}")
    report = run()
    assert report.problems == ()
    assert places(report) == [("FRZ101", 5, 2, 7)]
    assert in_cells(report) == report


def test_notes_stand_in_cells(save: Save) -> None:
    save(
        "import torch\nfrom torch import nn",
        "model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.Linear(2, 2))",
        "# freeze\nmodel[1].requires_grad_(False)",
        "opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], 0.1)\nmodel.train()",
        "for x in torch.randn(3, 4, 2):\n    opt.zero_grad()\n    model(x).sum().backward()\n    opt.step()",
    )
    (finding,) = run().findings
    assert (finding.code, finding.span.cell, finding.span.line) == ("FRZ301", 4, 2)
    assert {note.span.cell for note in finding.notes} <= {5, 6} and finding.notes


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_the_cell(save: Save, format: str) -> None:
    save(HEAD, MODEL, f"\n{BAD}")
    text = writer(format)(run())
    assert "cell 4" in text or '"cell": 4' in text or '"cell":4' in text
    if format in ("text", "html", "markdown", "junit"):
        # In the message, and in the line of source.
        assert text.replace("<mark>", "").replace("</mark>", "").count("model.requires_grad = False") >= 2


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_the_cell_of_broken_code(save: Save, format: str) -> None:
    save(HEAD, "model.eval()\nx = (")
    text = writer(format)(run())
    if format not in ("text", "concise"):  # whose problems go to standard error
        assert "cell 3" in text or '"cell": 3' in text or '"cell":3' in text


def test_a_cell_that_is_left_open_does_not_swallow_the_next(save: Save) -> None:
    save(HEAD, "x = '''\nmodel.eval()", "y = '''")
    (problem,) = run().problems
    assert (problem.code, problem.path, problem.cell, problem.line) == ("FRZ902", "n.ipynb", 3, 1)


def test_comments_silence_and_are_judged(save: Save) -> None:
    save(HEAD, MODEL, f"{BAD}  # freezelint: ignore[FRZ101]", f"# freezelint: ignore[FRZ101]\n\n{BAD}")
    assert places(run()) == [("FRZ901", 5, 1, 1), ("FRZ101", 5, 3, 1)]
    save("# freezelint: ignore-file", HEAD, MODEL, BAD)
    assert places(run()) == []


def test_comments_are_added(save: Save) -> None:
    save(HEAD, MODEL, f"{BAD}\nx = 1", BAD)
    before = Path("n.ipynb").read_bytes()
    added = add_ignores(check(["."], settings()), ["."], settings())
    assert (added.comments, added.report.findings, added.report.problems) == (2, (), ())
    assert places(run()) == []
    comment = b"  # freezelint: ignore[FRZ101]"
    first = f'"{BAD}\\n",'.encode()
    last = f'"{BAD}"'.encode()
    assert Path("n.ipynb").read_bytes() == before.replace(first, first[:-4] + comment + first[-4:]).replace(
        last, last[:-1] + comment + last[-1:]
    )


def test_fixes_change_their_lines_alone(save: Save) -> None:
    save(HEAD, MODEL, f"'é'\n%time {BAD}", "# freezelint: ignore[FRZ101]\nx = 1")
    before = Path("n.ipynb").read_bytes()
    mended = mend(["n.ipynb"], settings(), unsafe=False)
    assert write(mended.changes) == ()
    expected = before.replace(b'"%time model.requires_grad = False"', b'"%time model.requires_grad_(False)"')
    expected = expected.replace(b'"# freezelint: ignore[FRZ101]\\n",\n    ', b"")
    assert Path("n.ipynb").read_bytes() == expected
    assert mend(["n.ipynb"], settings(), unsafe=False).changes == ()


def lines_of_file(format: str, report: Report) -> list[int]:
    """The lines of the notebook's file that a format names, of findings and problems, of notes last."""
    text = writer(format)(report)
    if format == "github":
        return [int(number) for number in re.findall(r"::\w+ file=n\.ipynb,line=(\d+)", text)]
    if format == "gitlab":
        return [issue["location"]["lines"]["begin"] for issue in json.loads(text)]
    (sarif,) = json.loads(text)["runs"]
    found = [*sarif["results"], *sarif["invocations"][0]["toolExecutionNotifications"]]
    places = [each["locations"][0] for each in found]
    places += [each for result in sarif["results"] for each in result.get("relatedLocations", ())]
    return [each["physicalLocation"]["region"]["startLine"] for each in places]


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif"])
def test_a_forge_is_given_the_line_of_the_file(save: Save, format: str) -> None:
    save(HEAD, MODEL, f"x = 1\n{BAD}", f"if x:\n    {BAD}")
    file = Path("n.ipynb").read_text(encoding="utf-8").split("\n")
    named = lines_of_file(format, run())
    assert [file[number - 1].strip() for number in named] == [
        '"model.requires_grad = False"',
        '"    model.requires_grad = False"',
    ]


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif"])
def test_a_broken_cell_too(save: Save, format: str) -> None:
    save(HEAD, MODEL, "x = (1\ny = )")
    file = Path("n.ipynb").read_text(encoding="utf-8").split("\n")
    report = run()
    assert report.problems[0].cell == 4
    (number,) = lines_of_file(format, report)
    assert "x = (1" in file[number - 1] or "y = )" in file[number - 1]


def test_notes_have_lines_of_the_file_too(save: Save) -> None:
    save(
        "import torch\nfrom torch import nn",
        "model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.Linear(2, 2))\nmodel[1].requires_grad_(False)",
        "opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], 0.1)\nmodel.train()",
        "for x in torch.randn(3, 4, 2):\n    opt.zero_grad()\n    model(x).sum().backward()\n    opt.step()",
    )
    file = Path("n.ipynb").read_text(encoding="utf-8").split("\n")
    named = [file[number - 1] for number in lines_of_file("sarif", run())]
    assert "requires_grad_(False)" in named[0] and len(named) > 1
    assert all("model" in line for line in named)


def test_fingerprints_and_baselines_do_not_count_cells(save: Save) -> None:
    save(HEAD, MODEL, BAD)
    report = check(["."], settings())
    Path("known.json").write_bytes(dump(entries_of(report, settings())))
    known = load("known.json")
    assert [(entry.cell, entry.line) for entry in known.findings] == [(4, 1)]
    save("x = 1\ny = 2", HEAD, "%%sh\nls", MODEL, f"x = 1\n{BAD}")
    moved = check(["."], settings())
    assert [each.fingerprint for each in moved.findings] == [each.fingerprint for each in report.findings]
    result = compared(moved, known, settings(), ["."])
    assert (result.report.findings, result.stale) == ((), ())


def test_only_changed_lines_of_cells_count(save: Save) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)

    save(HEAD, MODEL, BAD)
    git("init")
    git("add", ".")
    git("commit", "-m", "x")
    save(HEAD, MODEL, "print(1)", BAD, f"{BAD}\nx = 1")
    report = check(["."], settings())
    assert places(in_cells(only_changed(report, changes_since("HEAD", ".")))) == [("FRZ101", 6, 1, 1)]


def test_a_notebook_imports_from_files_beside_it(save: Save, tmp_path: Path) -> None:
    (tmp_path / "nets.py").write_text(f"from torch import nn\n\n\ndef freeze(model):\n    {BAD}\n")
    save("from nets import *", "from torch import nn\nfreeze(nn.Linear(1, 1))")
    assert [(each.span.path, each.span.line) for each in run().findings] == [("nets.py", 5)]
    assert [each.span.cell for each in run("n.ipynb").findings] == [3]


def test_another_language_and_no_code_are_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cell = {"cell_type": "code", "source": "model.requires_grad <- FALSE # torch"}
    document = {"cells": [cell], "metadata": {"kernelspec": {"language": "R"}}}
    (tmp_path / "r.ipynb").write_text(json.dumps(document))
    (tmp_path / "empty.ipynb").write_text('{"cells": []}')
    report = run()
    assert (report.files, report.problems, report.findings) == (2, (), ())
