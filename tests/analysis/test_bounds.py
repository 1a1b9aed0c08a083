"""No single file takes all the time: bounds, by what is done and not by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.analysis import analyse
from freezelint.analysis.frames import Frame
from freezelint.analysis.interpreter import Interpreter
from freezelint.analysis.project import LONGEST_VALUE
from freezelint.analysis.values import ClassValue
from freezelint.core.stages import Stages
from freezelint.registry import load_rules
from freezelint.source import ir
from freezelint.source.files import SourceFile

MODEL = "import torch\nfrom torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"


def counted(text: str, folder: Path) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """The findings by line, and what was done."""
    stages = Stages()
    result = analyse([SourceFile(str(folder / "train.py"), text)], load_rules(), stages=stages)
    assert result.problems == ()
    return [(finding.code, finding.span.line) for finding in result.findings], stages.counts


def test_a_huge_table_is_not_read(tmp_path: Path) -> None:
    table = "TABLE = [" + "1.0, " * (LONGEST_VALUE // 5 + 1) + "]\n"
    found, done = counted(MODEL + table + "for row in TABLE:\n    print(row)\n", tmp_path)
    assert found == [("FRZ101", 5)]
    assert done["values too long to be read"] >= 1
    assert done["bytes lowered"] < len(table) // 100


def test_a_small_table_is_read(tmp_path: Path) -> None:
    found, done = counted(MODEL + "TABLE = [1.0, 2.0]\nfor row in TABLE:\n    print(row)\n", tmp_path)
    assert found == [("FRZ101", 5)]
    assert "values too long to be read" not in done


def test_a_long_chain_of_calls_ends(tmp_path: Path) -> None:
    links = "".join(f"def f{n}(m):\n    return f{n + 1}(m)\n\n\n" for n in range(2000))
    found, done = counted(MODEL + links + "def f2000(m):\n    return m\n\n\nf0(model)\n", tmp_path)
    assert found == [("FRZ101", 5)]
    assert done["entry points entered"] == 1


def test_definitions_behind_decorators_are_made_once(tmp_path: Path) -> None:
    """Each class is entered in a world of its own; what they all derive from is not made anew in each."""
    documented = (
        "def documented(kind):\n    kind.__doc__ = 'text'\n    return kind\n\n@documented\nclass Base(nn.Module):\n"
    )
    base = documented + "    def __init__(self):\n        super().__init__()\n        self.body = nn.Linear(2, 2)\n\n"
    kinds = "".join(
        f"class K{n}(Base):\n    def hold(self):\n        self.body.requires_grad = False\n\n" for n in range(6)
    )
    path = tmp_path / "nets.py"
    made: list[str] = []
    original = Interpreter._class

    def counting(self: Interpreter, node: ir.ClassDef, frame: Frame) -> ClassValue:
        made.append(node.name)
        return original(self, node, frame)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Interpreter, "_class", counting)
        head = MODEL.partition("model")[0]
        result = analyse([SourceFile(str(path), head + base + kinds)], load_rules())
    assert [finding.code for finding in result.findings] == ["FRZ101"] * 6
    assert made.count("Base") == 1
