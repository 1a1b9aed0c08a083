"""What a check does not need: heavy modules where nothing is to be found, and torch anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECK = """
import sys
class NoTorch:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "torch":
            raise ImportError("there is no torch here")
sys.meta_path.insert(0, NoTorch())
from freezelint.cli.main import run
code = run(sys.argv[1:])
print(sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""

HEAVY = {"libcst", "rich", "torch", "asyncio", "multiprocessing", "concurrent.futures", "importlib.metadata", "hashlib"}


def check(*arguments: str) -> tuple[int, str, set[str]]:
    """Exit code, output, and the modules that were loaded."""
    result = subprocess.run(
        [sys.executable, "-c", CHECK, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    return result.returncode, result.stdout, set(eval(result.stderr.splitlines()[-1]))


def test_nothing_heavy_is_loaded_where_no_file_mentions_training(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\nprint(os.name)\n")
    (tmp_path / "b.py").write_text("class Frozen:\n    pass\n")
    code, output, loaded = check(str(tmp_path), "--output-format", "text")
    assert (code, output) == (0, "no mistakes found in 2 files\n")
    assert not HEAVY & loaded


def test_a_known_project_is_answered_without_the_analysis(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from torch import nn\nmodel = nn.Linear(1, 1)\nmodel.requires_grad = False\n")
    os.utime(tmp_path / "a.py", (1_000_000_000, 1_000_000_000))
    first, *_ = check(str(tmp_path)), check(str(tmp_path))
    code, output, loaded = check(str(tmp_path))
    assert (code, output) == first[:2]
    assert "FRZ101" in output and "[*]" in output
    assert not {*HEAVY, "freezelint.analysis", "freezelint_rules", "freezelint.fix", "freezelint.own"} & loaded


def test_rich_is_not_loaded_where_nobody_sees_it(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from torch import nn\nmodel = nn.Linear(1, 1)\nmodel.requires_grad = False\n")
    code, output, loaded = check(str(tmp_path))
    assert code == 1
    assert "FRZ101" in output
    assert "rich" not in loaded


def test_checking_needs_no_torch(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import torch\nmodel = torch.nn.Linear(1, 1)\nmodel.requires_grad = False\n")
    code, output, loaded = check(str(tmp_path), "--output-format", "json")
    assert code == 1
    assert '"code": "FRZ101"' in output
    assert "torch" not in loaded
