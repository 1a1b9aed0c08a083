"""The cache gives what a run without it gives, notices what changed, and is never needed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.core.stages import Stages
from freezelint.registry import load_rules
from freezelint.run import cache as caching
from freezelint.run.cache import Cache, Stat
from freezelint.run.check import Work, check
from freezelint.run.contents import Contents, digest_of

HELPER = "def freeze(module):\n    module.requires_grad = False\n"
HARMLESS = "def freeze(module):\n    module.requires_grad_(False)\n"
MAIN = "from torch import nn\nfrom helper import freeze\n\nmodel = nn.Linear(2, 2)\nfreeze(model)\n"
OTHER = "import torch\nfrom torch import nn\n\nnet = nn.Linear(3, 3)\nnet.requires_grad = False\n"
FILES = {"helper.py": HELPER, "main.py": MAIN, "other.py": OTHER}


class Project:
    """A project on disk, and checks of it with one cache."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cache = Cache(str(root / caching.FOLDER))
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a file that was changed a minute ago, as files mostly were."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")
        self.age(name)

    def age(self, name: str, seconds: int = 60) -> None:
        changed = os.stat(self.root / name).st_mtime_ns - seconds * 10**9
        os.utime(self.root / name, ns=(changed, changed))

    def run(self, *paths: str, **settings: object) -> tuple[Report, dict[str, int]]:
        """The report, and what was done for it."""
        stages = Stages()
        report = check(paths or (".",), self.settings(**settings), work=Work(self.cache, stages=stages))
        return report, stages.counts

    def plain(self, *paths: str, **settings: object) -> Report:
        return check(paths or (".",), self.settings(**settings))

    def settings(self, **settings: object) -> Settings:
        return msgspec.structs.replace(Settings(root=str(self.root)), **settings)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


WARM = {"files found": 3, "reports known from earlier runs": 1}


def test_an_unchanged_project_is_known(project: Project) -> None:
    plain = project.plain()
    assert [finding.span.path for finding in plain.findings] == ["helper.py", "other.py"]
    assert project.run()[0] == plain
    report, done = project.run()
    assert report == plain
    assert done == WARM


def test_only_what_rests_on_a_changed_file_is_worked_out_again(project: Project) -> None:
    _, cold = project.run()
    project.write("helper.py", HARMLESS)
    report, done = project.run()
    assert report == project.plain()
    assert [finding.span.path for finding in report.findings] == ["other.py"]
    assert done["files outlined"] < cold["files outlined"]
    assert done["entry points known from earlier runs"] == 1  # other.py
    assert done["entry points entered"] == cold["entry points entered"] - 1


def test_a_fresh_checkout_of_the_same_contents_is_known(project: Project) -> None:
    first, _ = project.run()
    for name in FILES:
        project.age(name, seconds=1000)
    assert project.run() == (first, WARM)
    assert project.run() == (first, WARM)


def test_a_change_that_keeps_time_and_size_is_noticed_where_the_time_is_young(project: Project) -> None:
    project.write("other.py", OTHER)
    os.utime("other.py")  # written just before the run
    before, _ = project.run()
    stat = os.stat("other.py")
    changed = OTHER.replace("net.requires_grad = False", "net.requires_gard = False")
    (project.root / "other.py").write_text(changed)
    os.utime("other.py", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    report, done = project.run()
    assert "reports known from earlier runs" not in done
    assert report == project.plain() != before


def test_a_module_that_appears_is_noticed(project: Project) -> None:
    project.write("main.py", MAIN.replace("helper", "absent"))
    before, _ = project.run("main.py")
    assert before.findings == ()
    project.write("absent.py", HELPER)
    report, done = project.run("main.py")
    assert report == project.plain("main.py")
    assert [finding.span.line for finding in report.findings] == [5]
    assert "reports known from earlier runs" not in done


def test_an_imported_file_that_goes_away_is_noticed(project: Project) -> None:
    assert len(project.run("main.py")[0].findings) == 1
    (project.root / "helper.py").unlink()
    assert project.run("main.py")[0] == project.plain("main.py")


def test_a_package_that_begins_is_noticed(project: Project) -> None:
    project.run("other.py")
    project.write("__init__.py", "")
    report, done = project.run("other.py")
    assert report == project.plain("other.py")
    assert "reports known from earlier runs" not in done


Change = Callable[[Project], dict[str, object]]
CHANGES: dict[str, Change] = {
    "select": lambda project: {"select": ("FRZ102",)},
    "severity": lambda project: {"severity": {"FRZ101": "info"}},
    "possible": lambda project: {"possible": True},
    "torch-version": lambda project: {"torch_version": "1.9"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_other_settings_are_another_run(project: Project, change: Change) -> None:
    from freezelint.config import Level

    settings = change(project)
    if "severity" in settings:
        settings["severity"] = {"FRZ101": Level.OFF}
    project.run()
    report, done = project.run(**settings)
    assert "reports known from earlier runs" not in done
    assert report == project.plain(**settings)


def test_the_dependencies_of_the_project_count(project: Project) -> None:
    project.run()
    project.write("requirements.txt", "torch<1.13\n")
    assert "reports known from earlier runs" not in project.run()[1]
    assert "reports known from earlier runs" in project.run()[1]


def test_a_change_of_the_code_makes_a_record_useless(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.run()
    module = sys.modules[load_rules()[0].check.__module__]
    real = caching.stat_of
    monkeypatch.setattr(caching, "stat_of", lambda path: Stat(1, 1) if path == module.__file__ else real(path))
    _, done = project.run()
    assert "reports known from earlier runs" not in done
    assert done["entry points known from earlier runs"] == 0


def test_another_version_makes_a_record_useless(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.run()
    monkeypatch.setattr(caching, "__version__", "999")
    assert project.run()[1]["entry points known from earlier runs"] == 0


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 100, None], ids=["empty", "short", "nonsense", "cut off"])
def test_a_damaged_record_is_written_anew(project: Project, damage: bytes | None) -> None:
    plain, _ = project.run()
    for name in os.listdir(project.cache.folder):
        path = Path(project.cache.folder, name)
        path.write_bytes(path.read_bytes()[:-20] if damage is None else damage)
    report, done = project.run()
    assert report == plain
    assert "reports known from earlier runs" not in done
    assert project.run() == (plain, WARM)


def test_nothing_is_written_where_nothing_can_be(project: Project) -> None:
    Path(project.cache.folder).write_text("a file stands there")
    plain = project.plain()
    assert project.run()[0] == plain
    assert project.run()[0] == plain
    assert Path(project.cache.folder).read_text() == "a file stands there"


def test_the_folder_says_what_it_is_and_is_left_alone_by_git(project: Project) -> None:
    project.run()
    assert "*" in Path(project.cache.folder, ".gitignore").read_text().splitlines()
    tag = Path(project.cache.folder, "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_records_do_not_pile_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MOST_RECORDS", 3)
    for number in range(6):
        project.cache.save("run", f"key {number}".encode(), number)
    assert len([name for name in os.listdir(project.cache.folder) if name.endswith(".mpk")]) == 3
    assert project.cache.load("run", b"key 5", int) == 5


def test_a_record_is_given_for_its_own_key_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.zlib, "crc32", lambda key: 7)
    project.cache.save("run", b"one", 1)
    assert project.cache.load("run", b"two", int) is None
    assert project.cache.load("run", b"one", int) == 1
    assert project.cache.load("run", b"one", str) is None


def test_clean_removes_the_cache_and_nothing_else(project: Project) -> None:
    project.run()
    mine = Path(project.cache.folder, "mine.txt")
    mine.write_text("kept")
    assert project.cache.clean()
    assert os.listdir(project.cache.folder) == ["mine.txt"]
    assert not project.cache.clean()
    shutil.rmtree(project.cache.folder)
    assert not project.cache.clean()


def test_other_given_files_share_what_is_known_of_entry_points(project: Project) -> None:
    project.run("main.py", "other.py")
    report, done = project.run("other.py")
    assert report == project.plain("other.py")
    assert done["entry points known from earlier runs"] == done["entry points"] == 1


def test_unsaved_contents_are_neither_given_nor_kept_as_those_on_disk(project: Project) -> None:
    plain, _ = project.run()
    unsaved = {"other.py": OTHER.replace("= False", "= True").encode()}
    work = Work(project.cache)
    assert check((".",), project.settings(), instead=unsaved, work=work) == check(
        (".",), project.settings(), instead=unsaved
    )
    assert project.run() == (plain, WARM)


def test_a_file_that_is_written_while_it_is_read_is_not_known(project: Project) -> None:
    contents = Contents()
    path = str(project.root / "other.py")
    contents.read(path)
    os.utime(path, ns=(1, 1))
    assert contents.digest(path) == b""
    assert Contents().digest(path) == digest_of(OTHER.encode())


def test_edits_are_remembered_with_the_findings(project: Project) -> None:
    from freezelint.run.fixing import with_edits

    def run() -> tuple[Report, Report]:
        work = Work(project.cache)
        report = check((".",), project.settings(), work=work)
        assert work.remembered is not None
        known = [work.remembered.resolved(finding) for finding in report.findings]
        return with_edits(report, None, work.remembered), msgspec.structs.replace(
            report, findings=tuple(each for each in known if each is not None)
        )

    first, none_known = run()
    assert none_known.findings == ()
    assert all(finding.fix is not None and finding.fix.edits for finding in first.findings)
    second, all_known = run()
    assert second == all_known == first
    project.write("other.py", OTHER + "\n\nprint(net)\n")
    third, known = run()
    assert [finding.span.path for finding in known.findings] == ["helper.py"]
    assert third.findings == with_edits(project.plain()).findings
