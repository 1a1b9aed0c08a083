"""What containers hold, what loops up to an open bound pick, and what registries find."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.core import questions
from freezelint.core.events import AttributeSet
from freezelint.core.objects import HeapObject
from freezelint.core.symbols import Const, Expr, Literal
from freezelint.core.timeline import Timeline
from freezelint.core.truth import MAYBE, NO, YES, Truth
from tests.analysis.test_following import NET, frozen, parts, run

PROMPTS = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.prompts = nn.ParameterList([nn.Parameter(torch.zeros(2)) for _ in range(n)])
        self.table = nn.ParameterDict({"a": nn.Parameter(torch.zeros(2)), "b": nn.Parameter(torch.zeros(2))})
        self.heads = nn.ModuleDict({"a": nn.Linear(2, 2), "b": nn.Linear(2, 2)})
"""


def part(timeline: Timeline, name: str) -> HeapObject:
    root = next(item for item in timeline.heap if item.label == "model")
    found = timeline.heap.child(root, name, timeline.events[-1].time + 1)
    assert found is not None
    return found


def is_frozen(timeline: Timeline, name: str) -> Truth:
    end = timeline.events[-1].time + 1
    atoms = timeline.atoms(questions.below(part(timeline, name).id, end), ())
    assert atoms
    return questions.frozen(timeline, atoms, end, ())


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("for p in model.prompts:\n    p.requires_grad = False", "prompts", YES),
        ("for i, p in enumerate(model.prompts):\n    p.requires_grad = False", "prompts", YES),
        ("for p in model.table.values():\n    p.requires_grad = False", "table", YES),
        ("for name, p in model.table.items():\n    p.requires_grad = False", "table", YES),
        ("for name in model.table:\n    model.table[name].requires_grad = False", "table", YES),
        ("for name in model.heads:\n    model.heads[name].requires_grad_(False)", "heads", YES),
        ("for name in model.heads.keys():\n    model.heads[name].requires_grad_(False)", "heads", YES),
        ("model.prompts[1].requires_grad = False", "prompts", NO),
        ("for p in model.prompts.children():\n    p.requires_grad_(False)\nmodel.eval()", "prompts", NO),
        ("import sys\nmodel.prompts[len(sys.argv)].requires_grad = False", "prompts", MAYBE),
    ],
)
def test_items_of_containers(tmp_path: Path, text: str, name: str, expected: Truth) -> None:
    timeline = run(tmp_path, {"main.py": f"{PROMPTS}\nmodel = Net()\n{text}\n"})
    assert is_frozen(timeline, name) is expected
    assert not timeline.of(AttributeSet)


def test_items_of_a_list_of_any_length(tmp_path: Path) -> None:
    text = "import sys\nmodel = Net(len(sys.argv))\nfor p in model.prompts:\n    p.requires_grad = False\n"
    timeline = run(tmp_path, {"main.py": PROMPTS + text})
    assert is_frozen(timeline, "prompts") is YES
    assert part(timeline, "prompts").open


def test_what_a_loop_of_any_length_puts_in_is_one_of_many(tmp_path: Path) -> None:
    text = """
import sys
from torch import nn
model = nn.Module()
model.stages = nn.ModuleList()
for width in sys.argv:
    model.stages.append(nn.Linear(2, 2))
model.eval()
"""
    assert part(run(tmp_path, {"main.py": text}), "stages").open


OPEN = """
import argparse
args = argparse.ArgumentParser().parse_args()
model = Net()
names = ["body", "neck", "head"]
held = [model.body, model.neck, model.head]
"""


@pytest.mark.parametrize(
    "loop",
    [
        "for i in range(args.n):\n    held[i].requires_grad_(False)",
        "for i in range(0, args.n):\n    for p in held[i].parameters():\n        p.requires_grad = False",
        "for i in range(1, args.n + 1):\n    held[i - 1].requires_grad_(False)",
    ],
)
def test_a_loop_up_to_an_open_bound(tmp_path: Path, loop: str) -> None:
    timeline = run(tmp_path, {"main.py": f"{NET}{OPEN}{loop}\n"})
    bound = next(
        literal.value.args[1]
        for event in timeline.events for literal in event.path
        if isinstance(literal.value, Expr) and literal.value.op == "<"
    )  # fmt: skip

    def when(number: int) -> tuple[Literal, ...]:
        return (Literal(Expr("==", (bound, Const(number))), True),)

    assert frozen(timeline, when(0)) == parts()
    assert frozen(timeline, when(2)) == parts(body=YES, neck=YES)
    assert frozen(timeline, when(3)) == parts(body=YES, neck=YES, head=YES)
    assert frozen(timeline) == parts(body=MAYBE, neck=MAYBE, head=MAYBE)


def test_a_loop_from_an_open_bound(tmp_path: Path) -> None:
    loop = "for i in range(args.n, 3):\n    held[i].requires_grad_(False)\n"
    timeline = run(tmp_path, {"main.py": NET + OPEN + loop})
    bound = next(
        literal.value.args[0]
        for event in timeline.events for literal in event.path
        if isinstance(literal.value, Expr) and literal.value.op == "<="
    )  # fmt: skip
    assert frozen(timeline, (Literal(Expr("==", (bound, Const(1))), True),)) == parts(neck=YES, head=YES)


REGISTRY = """
class Registry:
    def __init__(self):
        self._modules = {}

    def register(self, cls):
        self._modules[cls.__name__] = cls
        return cls

    def build(self, cfg):
        cfg = dict(cfg)
        name = cfg.pop("type")
        if name not in self._modules:
            raise KeyError(name)
        return self._modules[name](**cfg)

class Named(dict):
    def register(self, cls):
        self[cls.__name__] = cls
        return cls

    def build(self, cfg):
        cfg = dict(cfg)
        return self[cfg.pop("type")](**cfg)
"""


@pytest.mark.parametrize("kind", ["Registry", "Named"])
def test_a_registry_that_is_filled_by_what_is_imported(tmp_path: Path, kind: str) -> None:
    files = {
        "pack/__init__.py": "from . import nets\n",
        "pack/registry.py": f"{REGISTRY}\nNETS = {kind}()\n",
        "pack/nets.py": NET.replace("class Net", "from .registry import NETS\n\n@NETS.register\nclass Net"),
        "main.py": "import pack\nfrom pack.registry import NETS\nmodel = NETS.build({'type': 'Net'})\n"
        "model.body.requires_grad_(False)\n",
    }
    assert frozen(run(tmp_path, files)) == parts(body=YES)


def test_an_entry_under_a_key_that_is_not_known(tmp_path: Path) -> None:
    text = """
import argparse
args = argparse.ArgumentParser().parse_args()
ZOO = {"net": Net}
model = ZOO[args.arch]()
model.neck.requires_grad_(False)
"""
    assert frozen(run(tmp_path, {"main.py": NET + text})) == parts(neck=YES)


def test_an_entry_that_was_taken_out(tmp_path: Path) -> None:
    text = """
options = {"name": "neck", "flag": False}
model = Net()
getattr(model, options.pop("name")).requires_grad_(options.get("flag", True))
getattr(model, options.get("name", "head")).requires_grad_(False)
"""
    assert frozen(run(tmp_path, {"main.py": NET + text})) == parts(neck=YES, head=YES)
