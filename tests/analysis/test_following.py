"""Freezes are followed the way people write them: through files, calls, loops, branches, classes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from freezelint.analysis import AnalysisResult, analyse
from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.core import questions
from freezelint.core.events import GradSet, IteratorConsumed, OptimizerBuilt
from freezelint.core.objects import Kind
from freezelint.core.symbols import FALSE
from freezelint.core.symbols import Path as Condition
from freezelint.core.timeline import Timeline
from freezelint.core.truth import MAYBE, NO, YES, Truth
from freezelint.source.files import SourceFile, read_source
from freezelint_rules import RULES

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.neck = nn.Linear(16, 16)
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.neck(self.body(x)))
"""
FREEZE = """
def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
"""
PARTS = ("body", "neck", "head")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def given(folder: Path, *names: str) -> list[SourceFile]:
    return [read_source(folder / name) for name in names]


def run(folder: Path, files: dict[str, str], *names: str) -> Timeline:
    """The timeline of the script `main.py`, or of the first of `names`."""
    write(folder, files)
    entries = Entries(Project(given(folder, *(names or ("main.py",)))))
    timelines = list(entries.timelines())
    assert entries.problems == []
    return timelines[0]


def frozen(timeline: Timeline, path: Condition = (), *, model: str = "model") -> dict[str, Truth]:
    """Which parts of the object that the program calls `model` are frozen at the end."""
    root = next(item for item in timeline.heap if item.label == model)
    end = timeline.events[-1].time + 1
    found = {}
    for name in PARTS:
        part = timeline.heap.child(root, name, end)
        assert part is not None
        atoms = timeline.atoms(questions.below(part.id, end), path)
        assert atoms
        found[name] = questions.frozen(timeline, atoms, end, path)
    return found


def parts(body: Truth = NO, neck: Truth = NO, head: Truth = NO) -> dict[str, Truth]:
    return {"body": body, "neck": neck, "head": head}


def script(folder: Path, text: str) -> dict[str, Truth]:
    """What is frozen after a script in which `Net` and `freeze` are defined."""
    return frozen(run(folder, {"main.py": NET + FREEZE + text}))


# --- files -------------------------------------------------------------------------------------------------------

ACROSS: dict[str, dict[str, str]] = {
    "a function": {
        "net.py": NET,
        "tools.py": FREEZE,
        "main.py": "from net import Net\nfrom tools import freeze\nmodel = Net()\nfreeze(model.body)\n",
    },
    "a module under another name": {
        "net.py": NET,
        "tools.py": FREEZE,
        "main.py": "import net\nimport tools as t\nmodel = net.Net()\nt.freeze(model.body)\n",
    },
    "a function under another name": {
        "net.py": NET,
        "tools.py": FREEZE,
        "main.py": "from net import Net as N\nfrom tools import freeze as hold\nmodel = N()\nhold(model.body)\n",
    },
    "a star import": {
        "net.py": NET,
        "tools.py": "from net import *\n" + FREEZE,
        "main.py": "from tools import *\nmodel = Net()\nfreeze(model.body)\n",
    },
    "a re-export by a package": {
        "pack/__init__.py": "from .nets.net import Net\nfrom .tools import freeze\n",
        "pack/nets/__init__.py": "",
        "pack/nets/net.py": NET,
        "pack/tools.py": FREEZE,
        "main.py": "from pack import Net, freeze\nmodel = Net()\nfreeze(model.body)\n",
    },
    "relative imports from the folder above": {
        "pack/__init__.py": "",
        "pack/tools.py": FREEZE,
        "pack/nets/__init__.py": "",
        "pack/nets/net.py": NET,
        "pack/nets/build.py": (
            "from ..tools import freeze\nfrom .net import Net\nfrom .. import tools\n"
            "def build():\n    model = Net()\n    freeze(model.body)\n    return model\n"
        ),
        "main.py": "from pack.nets.build import build\nmodel = build()\nmodel.train()\n",
    },
    "an import inside a function": {
        "net.py": NET,
        "tools.py": FREEZE,
        "main.py": (
            "from net import Net\ndef hold(m):\n    from tools import freeze\n    freeze(m)\n"
            "model = Net()\nhold(model.body)\n"
        ),
    },
}


@pytest.mark.parametrize("files", ACROSS.values(), ids=ACROSS)
def test_imports_are_followed(tmp_path: Path, files: dict[str, str]) -> None:
    assert frozen(run(tmp_path, files)) == parts(body=YES)


HELPED = {
    "helper.py": FREEZE,
    "main.py": NET + "from helper import freeze\nmodel = Net()\nfreeze(model)\n"
    "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
    "model(torch.randn(2, 8)).sum().backward()\noptimizer.step()\n",
}
MISTAKEN = {
    "helper.py": "def freeze(module):\n    module.requires_grad = False\n",
    "main.py": NET + "from helper import freeze\nmodel = Net()\nfreeze(model.body)\n",
}


def found(folder: Path, files: dict[str, str], *names: str) -> AnalysisResult:
    write(folder, files)
    result = analyse(given(folder, *names), RULES)
    assert result.problems == ()
    return result


def places(result: AnalysisResult) -> list[tuple[str, str, int]]:
    return [(each.code, os.path.basename(each.span.path), each.span.line) for each in result.findings]


def test_a_mistake_in_a_given_file_stands_at_its_own_place(tmp_path: Path) -> None:
    result = found(tmp_path, MISTAKEN, "main.py", "helper.py")
    assert places(result) == [("FRZ101", "helper.py", 2)]


def test_a_mistake_in_a_file_that_is_not_given_stands_at_the_call(tmp_path: Path) -> None:
    result = found(tmp_path, MISTAKEN, "main.py")
    call = MISTAKEN["main.py"].split("\n").index("freeze(model.body)") + 1
    assert places(result) == [("FRZ101", "main.py", call)]
    first = result.findings[0].notes[0]
    assert (first.message, os.path.basename(first.span.path), first.span.line) == (
        "the statement itself is here",
        "helper.py",
        2,
    )


def test_a_freeze_in_a_file_that_is_not_given_counts(tmp_path: Path) -> None:
    result = found(tmp_path, HELPED, "main.py")
    assert [(code, file) for code, file, _ in places(result)] == [("FRZ206", "main.py")]


def test_mistakes_of_imported_files_that_no_given_file_reaches_are_not_reported(tmp_path: Path) -> None:
    main = NET + "from helper import other\nmodel = Net()\nother(model.body)\n"
    helper = MISTAKEN["helper.py"] + "def other(m):\n    pass\nimport torch\nfreeze(torch.nn.Linear(1, 1))\n"
    assert places(found(tmp_path, {"main.py": main, "helper.py": helper}, "main.py")) == []
    assert [file for _, file, _ in places(found(tmp_path, {}, "main.py", "helper.py"))] == ["helper.py"]


# --- calls -------------------------------------------------------------------------------------------------------

FLAGGED = """
def set_frozen(module, flag=True):
    for p in module.parameters():
        p.requires_grad = not flag
model = Net()
freeze(model.head)
"""
CALLS: dict[str, tuple[str, dict[str, Truth]]] = {
    "a flag by default": (FLAGGED + "set_frozen(model.body)", parts(body=YES, head=YES)),
    "a flag by position": (FLAGGED + "set_frozen(model.head, False)", parts()),
    "a flag by keyword": (FLAGGED + "set_frozen(flag=False, module=model.head)", parts()),
    "a negated flag": (FLAGGED + "off = True\nset_frozen(model.head, flag=not off)", parts()),
    "a flag of which nothing is known": (
        FLAGGED + "import sys\nset_frozen(model.body, flag=len(sys.argv) > 1)",
        parts(body=MAYBE, head=YES),
    ),
    "a list argument": (
        "def hold(modules):\n    for m in modules:\n        freeze(m)\nmodel = Net()\nhold([model.body, model.head])",
        parts(body=YES, head=YES),
    ),
    "star arguments": (
        "def hold(*modules):\n    for m in modules:\n        freeze(m)\nmodel = Net()\nhold(model.body, model.neck)",
        parts(body=YES, neck=YES),
    ),
    "a closure": (
        "def freezer(module):\n    def act():\n        freeze(module)\n    return act\n"
        "model = Net()\nact = freezer(model.neck)\nact()",
        parts(neck=YES),
    ),
    "a closure that is not called": (
        "def freezer(module):\n    def act():\n        freeze(module)\n    return act\n"
        "model = Net()\nfreeze(model.body)\nact = freezer(model.neck)",
        parts(body=YES),
    ),
    "a callback of apply": (
        "def hold(m):\n    if isinstance(m, nn.Linear):\n        m.weight.requires_grad = False\n"
        "        m.bias.requires_grad = False\nmodel = Net()\nmodel.body.apply(hold)",
        parts(body=YES),
    ),
    "a lambda": ("hold = lambda m: m.requires_grad_(False)\nmodel = Net()\nhold(model.head)", parts(head=YES)),
    "a partial": (
        FLAGGED + "import functools\nrelease = functools.partial(set_frozen, flag=False)\nrelease(model.head)",
        parts(),
    ),
    "what a call returns": (
        "def pick(m):\n    return m.neck, m.head\nmodel = Net()\n_, last = pick(model)\nfreeze(last)",
        parts(head=YES),
    ),
    "an early return": (
        "def hold(m, skip):\n    if skip:\n        return\n    freeze(m)\n"
        "model = Net()\nhold(model.body, False)\nhold(model.head, True)",
        parts(body=YES),
    ),
    "a recursion": (
        "def hold(m):\n    for p in m.parameters(recurse=False):\n        p.requires_grad = False\n"
        "    for child in m.children():\n        hold(child)\nmodel = Net()\nhold(model.head)",
        parts(head=YES),
    ),
    "a registry filled by a decorator": (
        "KNOWN = {}\ndef register(name):\n    def keep(function):\n        KNOWN[name] = function\n"
        "        return function\n    return keep\n"
        "@register('hold')\ndef hold(m):\n    freeze(m.body)\n@register('other')\ndef other(m):\n    freeze(m.head)\n"
        "model = Net()\nKNOWN['hold'](model)",
        parts(body=YES),
    ),
    "a decorator that documents": (
        "import functools\ndef documented(function):\n    notes = {}\n    notes['x'] = 1\n"
        "    @functools.wraps(function)\n    def wrapper(*args, **kwargs):\n        print(notes)\n"
        "        return function(*args, **kwargs)\n    return wrapper\n"
        "@documented\ndef hold(m):\n    freeze(m.body)\nmodel = Net()\nhold(model)",
        parts(body=YES),
    ),
    "a decorator that freezes more": (
        "def extended(function):\n    def wrapper(m):\n        function(m)\n        freeze(m.neck)\n"
        "    return wrapper\n@extended\ndef hold(m):\n    freeze(m.body)\nmodel = Net()\nhold(model)",
        parts(body=YES, neck=YES),
    ),
    "a decorator that reaches a freeze by name": (
        "def also(m):\n    freeze(m.neck)\ndef extended(function):\n    def wrapper(m):\n        function(m)\n"
        "        also(m)\n    return wrapper\n@extended\ndef hold(m):\n    freeze(m.body)\nmodel = Net()\nhold(model)",
        parts(body=YES, neck=YES),
    ),
    "a decorator that keeps classes": (
        "KNOWN = {}\ndef known(name):\n    def keep(cls):\n        KNOWN[name] = cls\n        return cls\n"
        "    return keep\n@known('mine')\nclass Mine(Net):\n    def hold(self):\n        freeze(self.body)\n"
        "model = KNOWN['mine']()\nmodel.hold()",
        parts(body=YES),
    ),
    "what a type checker is told": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    hold = freeze\nelse:\n    hold = lazily('freeze')\n"
        "model = Net()\nhold(model.body)",
        parts(body=YES),
    ),
    "a method inherited and extended": (
        "class Base(Net):\n    def hold(self):\n        freeze(self.body)\n"
        "class Mine(Base):\n    def hold(self):\n        super().hold()\n        freeze(self.neck)\n"
        "model = Mine()\nmodel.hold()",
        parts(body=YES, neck=YES),
    ),
    "a method overridden": (
        "class Base(Net):\n    def hold(self):\n        freeze(self.body)\n    def start(self):\n        self.hold()\n"
        "class Mine(Base):\n    def hold(self):\n        freeze(self.head)\nmodel = Mine()\nmodel.start()",
        parts(head=YES),
    ),
}


@pytest.mark.parametrize(("text", "expected"), CALLS.values(), ids=CALLS)
def test_calls_are_followed(tmp_path: Path, text: str, expected: dict[str, Truth]) -> None:
    assert script(tmp_path, text + "\n") == expected


def test_a_recursion_without_end_is_cut_off(tmp_path: Path) -> None:
    text = "def deeper(m, n):\n    freeze(m.body)\n    return deeper(m, n + 1)\nmodel = Net()\ndeeper(model, 0)\n"
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    assert timeline.of(GradSet)
    assert len(timeline.events) < 1000
    assert frozen(timeline)["body"] is not NO


def test_a_call_that_is_not_known_leaves_open_only_what_it_was_given(tmp_path: Path) -> None:
    text = "from somewhere import act\nmodel = Net()\nfreeze(model.body)\nfreeze(model.neck)\nact(model.neck)\n"
    assert script(tmp_path, text) == parts(body=YES, neck=MAYBE)


def test_a_call_that_is_not_known_and_is_given_the_whole(tmp_path: Path) -> None:
    text = "from somewhere import act\nmodel = Net()\nfreeze(model.body)\nact([model])\n"
    assert script(tmp_path, text) == parts(MAYBE, MAYBE, MAYBE)


def test_train_of_a_base_class(tmp_path: Path) -> None:
    text = """
class Held(Net):
    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self
class Mine(Held):
    def train(self, mode=True):
        super().train(mode)
        self.neck.eval()
        return self
model = Mine()
model.train()
"""
    timeline = run(tmp_path, {"main.py": NET + text})
    root = next(item for item in timeline.heap if item.label == "model")
    end = timeline.events[-1].time + 1
    modes = {}
    for name in PARTS:
        part = timeline.heap.child(root, name, end)
        assert part is not None
        modes[name] = timeline.training(part.id, end, ()).truth
    assert modes == {"body": NO, "neck": NO, "head": YES}


# --- loops and branches ------------------------------------------------------------------------------------------

LOOPS: dict[str, tuple[str, dict[str, Truth]]] = {
    "names": ("for n, p in model.named_parameters():\n    if 'head' not in n:\n        p.requires_grad = False",
              parts(body=YES, neck=YES)),
    "names with continue": ("for n, p in model.named_parameters():\n    if n.startswith('head'):\n        continue\n"
                            "    p.requires_grad = False", parts(body=YES, neck=YES)),
    "children by name": ("for n, child in model.named_children():\n    if n in ('body', 'neck'):\n"
                         "        child.requires_grad_(False)", parts(body=YES, neck=YES)),
    "zip": ("for m, flag in zip([model.body, model.neck, model.head], [False, True, False]):\n"
            "    m.requires_grad_(flag)", parts(body=YES, head=YES)),
    "enumerate": ("for i, m in enumerate([model.body, model.neck, model.head]):\n    if i < 2:\n        freeze(m)",
                  parts(body=YES, neck=YES)),
    "a comprehension": ("[p.requires_grad_(False) for p in model.neck.parameters()]", parts(neck=YES)),
    "getattr over names": ("for n in ['neck', 'head']:\n    freeze(getattr(model, n))", parts(neck=YES, head=YES)),
    "a value for each name": ("for n, p in model.named_parameters():\n    p.requires_grad = n.startswith('head')",
                              parts(body=YES, neck=YES)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LOOPS.values(), ids=LOOPS)
def test_loops_are_followed(tmp_path: Path, text: str, expected: dict[str, Truth]) -> None:
    assert script(tmp_path, f"model = Net()\n{text}\n") == expected


ARGS = "import argparse\nargs = argparse.ArgumentParser().parse_args()\nmodel = Net()\n"


def test_a_condition_that_is_tested_twice_is_one_condition(tmp_path: Path) -> None:
    text = ARGS + "if args.freeze:\n    freeze(model.body)\nif args.freeze:\n    freeze(model.neck)\n"
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    assert frozen(timeline) == parts(body=MAYBE, neck=MAYBE)
    first, second = timeline.of(GradSet)
    assert first.path and first.path == second.path
    assert frozen(timeline, first.path) == parts(body=YES, neck=YES)


def test_a_condition_and_its_negation_exclude_each_other(tmp_path: Path) -> None:
    text = ARGS + "if args.freeze:\n    freeze(model.body)\nif not args.freeze:\n    freeze(model.neck)\n"
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    first, second = timeline.of(GradSet)
    assert timeline.together(first.path, second.path) is None
    assert frozen(timeline, first.path) == parts(body=YES)
    assert frozen(timeline, second.path) == parts(neck=YES)


def test_a_freeze_undone_under_the_same_condition(tmp_path: Path) -> None:
    text = ARGS + "if args.freeze:\n    freeze(model)\nif args.freeze:\n    model.body.requires_grad_(True)\n"
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    assert frozen(timeline, timeline.of(GradSet)[0].path) == parts(neck=YES, head=YES)


def test_a_return_under_a_condition_negates_it_for_what_follows(tmp_path: Path) -> None:
    text = "def hold(m, args):\n    if args.all:\n        return\n    freeze(m.body)\n" + ARGS + "hold(model, args)\n"
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    (only,) = timeline.of(GradSet)
    assert [literal.polarity for literal in only.path] == [False]
    assert frozen(timeline) == parts(body=MAYBE)


def test_a_loop_has_a_second_round(tmp_path: Path) -> None:
    text = (
        "model = Net()\noptimizer = None\nfor epoch in range(10):\n"
        "    freeze(model.body)\n    model.requires_grad_(True)\n"
    )
    timeline = run(tmp_path, {"main.py": NET + FREEZE + text})
    freezes = [event for event in timeline.of(GradSet) if event.value == FALSE]
    assert [event.loops[0].again for event in freezes] == [False, True]
    body = freezes[0].selections[0]
    (atom, *_) = timeline.atoms((body,), ())
    first, second = (timeline.requires_grad(atom, event.time, ()) for event in freezes)
    assert (first.truth, first.event) == (YES, None)
    assert second.truth is YES
    assert second.event is not None and second.event.time > freezes[0].time


# --- iterators and contexts --------------------------------------------------------------------------------------


def consumed_again(timeline: Timeline) -> list[Truth]:
    return [event.again for event in timeline.of(IteratorConsumed)]


def test_a_generator_used_twice_is_empty(tmp_path: Path) -> None:
    text = (
        "model = Net()\nparams = model.parameters()\nfor p in params:\n    p.requires_grad = False\n"
        "optimizer = torch.optim.SGD(params, lr=0.1)\n"
    )
    timeline = run(tmp_path, {"main.py": NET + text})
    assert consumed_again(timeline) == [YES]


def test_a_generator_used_once_on_each_branch_is_fresh(tmp_path: Path) -> None:
    text = (
        ARGS + "params = model.head.parameters()\nif args.adam:\n    optimizer = torch.optim.Adam(params)\n"
        "else:\n    optimizer = torch.optim.SGD(params, lr=0.1)\n"
    )
    timeline = run(tmp_path, {"main.py": NET + text})
    assert consumed_again(timeline) == []
    head = timeline.heap.child(next(i for i in timeline.heap if i.label == "model"), "head", timeline.events[-1].time)
    assert head is not None
    built = timeline.of(OptimizerBuilt)
    assert len(built) == 2
    for event in built:
        (atom, *_) = timeline.atoms(questions.below(head.id, event.time), event.path)
        assert timeline.held(event.optimizer, atom, event.time + 1, event.path).truth is YES


CONTEXT = """
from contextlib import contextmanager
@contextmanager
def held(module):
    for p in module.parameters():
        p.requires_grad = False
    yield module
    for p in module.parameters():
        p.requires_grad = True
"""


def test_a_context_manager_freezes_and_restores(tmp_path: Path) -> None:
    text = (
        CONTEXT + "model = Net()\nwith held(model.body):\n    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
    )
    timeline = run(tmp_path, {"main.py": NET + text})
    (built,) = timeline.of(OptimizerBuilt)
    atoms = timeline.atoms(timeline.of(GradSet)[0].selections, ())
    assert atoms
    assert questions.frozen(timeline, atoms, built.time, ()) is YES
    assert frozen(timeline) == parts()


def test_a_context_manager_that_is_not_entered_does_nothing(tmp_path: Path) -> None:
    text = CONTEXT + "model = Net()\nfreeze(model.head)\nheld(model.body)\n"
    assert script(tmp_path, text) == parts(head=YES)


def test_objects_of_one_class_are_apart(tmp_path: Path) -> None:
    timeline = run(tmp_path, {"main.py": NET + FREEZE + "model = Net()\nother = Net()\nfreeze(other.body)\n"})
    assert sum(item.kind is Kind.MODULE and item.label in ("model", "other") for item in timeline.heap) == 2
    assert frozen(timeline) == parts()
    assert frozen(timeline, model="other") == parts(body=YES)
