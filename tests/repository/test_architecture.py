"""ARCHITECTURE.md agrees with the code: its map of the files, and the answers of its example."""

from __future__ import annotations

import re

from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.core.symbols import Literal, Path
from freezelint.core.timeline import ParameterAtom
from freezelint.core.truth import MAYBE, NO, YES
from freezelint.source.files import SourceFile
from tests.repository.modules import PRODUCT, ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
HEAD = """
import argparse
from torch import nn
from torchvision.models import resnet18
args = argparse.ArgumentParser().parse_args()
"""


def mapped() -> set[str]:
    """The files of freezelint that the code map names."""
    code_map = TEXT.partition("## Code map")[2].partition("\n## ")[0]
    named = set()
    folder: str | None = None
    for line in code_map.splitlines():
        if line.startswith("### "):
            heading = re.fullmatch(r"### `freezelint/(.*)`", line)
            folder = heading[1] if heading is not None else None
        elif folder is not None and line.startswith("| `"):
            named.update(folder + name for name in re.findall(r"`([\w/]+\.py)`", line.split("|")[1]))
    return named


def test_the_code_map_names_every_file() -> None:
    files = {path.relative_to(PRODUCT).as_posix() for path in PRODUCT.rglob("*.py")}
    assert mapped() == {name for name in files if not name.endswith(("__init__.py", "__main__.py"))}


def test_the_example_of_the_log_is_true() -> None:
    found = re.search(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    source = HEAD.lstrip() + found[1]
    (timeline,) = Entries(Project([SourceFile(path="train.py", text=source)])).timelines()
    last = timeline.events[-1]
    now, everything = last.time + 1, last.path
    without = tuple(Literal(literal.value, not literal.polarity) for literal in everything)
    (net,) = (item for item in timeline.heap if item.label == "net")

    def answer(name: str, path: Path = ()) -> tuple[object, int | None]:
        """Whether it requires a gradient at the end, and the number of the write that says so."""
        item = net
        for part in name.split(".")[:-1]:
            child = timeline.heap.child(item, part, now)
            assert child is not None
            item = child
        known = timeline.requires_grad(ParameterAtom(item.id, name.rpartition(".")[2]), now, path)
        if known.event is None:
            return known.truth, None
        number = re.search(r"# (\d)$", source.splitlines()[known.event.span.line - 1])
        return known.truth, int(number[1]) if number is not None else None

    assert everything
    assert answer("layer1.0.bn1.weight") == (YES, 2)
    assert answer("layer1.0.conv1.weight") == (MAYBE, None)
    assert answer("layer1.0.conv1.weight", without) == (NO, 1)
    assert answer("fc.weight") == (YES, None)
