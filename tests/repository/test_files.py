"""The files at the top of the repository agree with the code."""

from __future__ import annotations

import os
import re

from freezelint import __version__
from freezelint.report.formats import FORMATS
from tests.repository.modules import PRODUCT, ROOT


def test_the_changelog_starts_with_the_current_version() -> None:
    found = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert found is not None
    assert found[1] == __version__


def test_the_ci_script_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_format_has_its_file() -> None:
    assert all((PRODUCT / "report" / f"{name}.py").is_file() for name in FORMATS)
