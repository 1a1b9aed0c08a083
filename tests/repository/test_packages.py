"""The sdist and the wheel hold what they should, and the wheel is the same whether built from one or the other."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.repository.modules import PRODUCT, ROOT, RULES

pytestmark = pytest.mark.index


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist, and a wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    # Safe from the checkout itself, which is on the path of the tests.
    command = [sys.executable, "-P", "-m", "build", "--outdir", str(folder), str(ROOT)]
    if sys.version_info < (3, 11):
        command.remove("-P")
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def files_of(*tops: Path) -> set[str]:
    """All files of the packages, as paths from the folder they are imported from."""
    return {
        str(path.relative_to(top.parent))
        for top in tops
        for path in top.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_both_packages_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files_of(PRODUCT, RULES)
    assert "freezelint/py.typed" in names
    assert "freezelint/report/schema.json" in names
    folder = "freezelint_rules/frz101_requires_grad_on_module"
    assert {f"{folder}/README.md", f"{folder}/bad.py", f"{folder}/good.py"} <= names


def test_the_wheel_says_what_it_needs(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = archive.read(name).decode()
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert not any("torch" in line for line in needed)
    assert [line for line in needed if "libcst" in line and "<" in line] == []
    entry_points = archive.read(name.replace("METADATA", "entry_points.txt")).decode()
    assert "[freezelint.rules]\nbuiltin = freezelint_rules" in entry_points
    assert "freezelint = freezelint.cli.main:main" in entry_points


def test_the_sdist_holds_what_is_needed_to_build_and_test(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        ".pre-commit-hooks.yaml",
        ".ci/run",
        "action.yml",
    }
    assert needed <= names
    assert {f"rules/{name}" for name in files_of(RULES)} <= names
    assert "tests/repository/test_packages.py" in names
