"""Replays what a program does, as the analysis tells it, on a real model: no data and no loop of the user's runs.

The events of each entry point are done again under the probes: flags and modes are really set, an optimizer is really
built, forwards and steps are really taken on a synthetic batch. What the probes see is noted at the place of the event.
"""

from __future__ import annotations

import copy
import importlib
import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import msgspec

from freezelint.core.events import (
    AttributeSet,
    Backward,
    Event,
    Forward,
    GradSet,
    ModeSet,
    ModuleReplaced,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    Wrapped,
    ZeroGrad,
)
from freezelint.core.objects import Kind
from freezelint.core.symbols import Const, Expr, Path, Value, substitute, truth_of
from freezelint.core.timeline import Timeline
from freezelint.core.truth import MAYBE, NO, YES
from freezelint.runtime.plan import Target
from freezelint.runtime.session import Session
from freezelint.runtime.sites import UNKNOWN, Site, Sites
from freezelint.runtime.synthetic import Batch, batch_for, loss_of


class CannotReplay(Exception):
    """The factory does not exist or gives no module, or no batch fits it: the message says so."""


class _Scripted(Sites):
    """Says that everything happens where the event that is replayed stands."""

    def __init__(self) -> None:
        super().__init__()
        self.event: Event | None = None

    def here(self, frame: FrameType | None = None) -> Site:
        """The place of the event."""
        if self.event is None:
            return Site(UNKNOWN, direct=False)
        return Site(self.event.span, self.event.stack, self.event.function)

    def nearest(self, frame: FrameType | None) -> FrameType | None:
        """Any frame: what the replay does, the user does."""
        return None if self.event is None else frame

    def text(self, frame: FrameType) -> str:
        """Nothing: the subject is not written as a frame would show it."""
        return ""


def replay(session: Session, target: Target) -> int:
    """Replay the entry points of the plan's files on the model of a factory (`pkg.mod:factory`)."""
    sys.path.insert(0, os.getcwd())
    make = _factory(target.name)
    model = make()
    batch = batch_for(model, target.arguments[0] if target.arguments else "")
    if batch is None:
        raise CannotReplay(f"no batch was found that {target.name} takes: --input gives its shape")
    for path in session.plan.names:
        session.instrumenter.note(path)
    session.instrumenter.bound.update(range(len(session.plan.findings)))
    sites = _Scripted()
    for timeline in session.timelines(session.plan) if session.timelines is not None else ():
        model = make()
        sites.event = None
        session.sites = sites
        session.record()
        if session.bindings.probes is not None:
            _Replay(timeline, model, batch, sites, session).run()
            session.keep()
    return 0


def _factory(name: str) -> Callable[[], Any]:
    import torch

    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise CannotReplay(f"there is no {name}: {error}") from error

    def make() -> Any:
        made = found()
        made = made[0] if isinstance(made, tuple) and made else made
        if not isinstance(made, torch.nn.Module):
            raise CannotReplay(f"{name} gives no torch.nn.Module")
        return made

    return make


class _Replay:
    """One entry point on one model."""

    def __init__(self, timeline: Timeline, model: Any, batch: Batch, sites: _Scripted, session: Session) -> None:
        self._timeline = timeline
        self._batch = batch
        self._sites = sites
        self._session = session
        self._recorder = session.bindings.probes.recorder  # type: ignore[union-attr]
        self._optimizers: dict[int, Any] = {}
        self._loss: Any = None
        self._path: Path = ()
        root = self._root(model)
        self._real: dict[int, Any] = {} if root is None else {root: model}
        self._model = model
        if root is not None:
            number = self._recorder.adopt(model, None)
            self._recorder.models.heap[number].label = timeline.heap[root].label

    def _root(self, model: Any) -> int | None:
        """The object of the analysis that the model is: one of its class, else the one that most is done to."""
        heap = self._timeline.heap
        tops = [item for item in heap if item.kind is Kind.MODULE and not item.parents]
        names = {cls.__name__ for cls in type(model).__mro__} - {"Module", "object"}
        alike = [item for item in tops if names & {cls.rpartition(".")[2] for cls in item.classes}]
        done = [number for event in self._timeline.events for number in _concerned(event)]
        uses = {
            item.id: sum(
                self._timeline.holds_module(item.id, number, 1 << 60, ()) is not NO or number == item.id
                for number in done
            )
            for item in alike or tops
        }  # fmt: skip
        return max(uses, key=lambda each: uses[each]) if uses else None

    def run(self) -> None:
        """Do all that can be done."""
        for event in self._timeline.events:
            path = self._timeline.together(self._path, event.path)
            if path is None:
                continue
            self._sites.event = event
            try:
                done = self._do(event)
            except Exception:  # what the real model refuses is not replayed; the finding stays undecided
                done = False
            if done:
                self._path = path
        self._sites.event = None

    def _do(self, event: Event) -> bool:
        match event:
            case GradSet():
                return self._set_flags(event)
            case ModeSet():
                return self._set_modes(event)
            case AttributeSet(kind="module", target=int() as target, value=Const(value=value)):
                setattr(self._object(target), event.name, value)
            case ModuleReplaced():
                parent, old = self._object(event.parent), self._object(event.old)
                new = copy.deepcopy(old).requires_grad_(True)
                self._real[event.new] = new
                setattr(parent, event.name, new)
            case Wrapped():
                self._real[event.outer] = self._object(event.inner)
            case OptimizerBuilt():
                return self._build(event)
            case ParameterGroupAdded(optimizer=int() as optimizer):
                for group in event.groups:
                    self._optimizers[optimizer].add_param_group({"params": self._parameters(group or ())})
            case Forward(within=False):
                return self._forward(event)
            case Backward() if self._loss is not None:
                loss, self._loss = self._loss, None
                loss.backward()
            case Stepped():
                (self._optimizers[event.optimizer] if event.optimizer is not None else self._only()).step()
            case ZeroGrad(target=int() as target):
                (self._optimizers.get(target) or self._object(target)).zero_grad()
            case _:
                return False
        return True

    def _set_flags(self, event: GradSet) -> bool:
        value = truth_of(event.value, self._path)
        parameters = self._parameters(event.selections)
        for parameter in parameters if value is not MAYBE else ():
            parameter.requires_grad = value is YES
        return bool(parameters) and value is not MAYBE

    def _set_modes(self, event: ModeSet) -> bool:
        value = truth_of(event.value, self._path)
        if value is MAYBE:
            return False
        if event.root is not None and event.how in ("train", "eval"):
            self._object(event.root).train(value is YES)
            return True
        modules = [module for selection in event.selections for module in self._modules(selection)]
        for module in modules:
            if event.how == "flag":
                module.training = value is YES
            else:
                module.train(value is YES)
        return bool(modules)

    def _build(self, event: OptimizerBuilt) -> bool:
        import torch

        groups = [{"params": self._parameters(group or ())} for group in event.groups]
        groups = [group for group in groups if group["params"]]
        if not groups:
            return False
        kind = getattr(torch.optim, event.cls.rpartition(".")[2], torch.optim.SGD)
        kind = torch.optim.SGD if kind.__name__ in ("LBFGS", "SparseAdam", "Optimizer", "Muon") else kind
        self._optimizers[event.optimizer] = kind(groups, lr=1e-3)
        return True

    def _only(self) -> Any:
        (found,) = self._optimizers.values()
        return found

    def _forward(self, event: Forward) -> bool:
        import torch

        if self._object(event.module) is not self._model:
            return False
        with torch.set_grad_enabled(event.grad is not NO):
            loss = loss_of(self._model(*self._batch.args, **self._batch.kwargs))
        if event.grad is not NO:
            self._loss = loss
        return True

    # --- the real objects ---------------------------------------------------------------------------------------------

    def _object(self, number: int) -> Any:
        """The real object of one of the analysis. Raises LookupError where the model has none."""
        if number in self._real:
            return self._real[number]
        for edge in self._timeline.heap[number].parents:
            owner = self._object(edge.parent)
            found = getattr(owner, edge.name, None)
            if found is not None:
                return found
        raise LookupError(number)

    def _parameters(self, selections: Selections) -> list[Any]:
        """The real parameters of selections: their tests are decided by the names and classes of the real model."""
        timeline = self._recorder.timeline("replay")
        found: dict[int, Any] = {}
        for selection in selections:
            concrete = self._concrete(selection)
            for atom in timeline.atoms((concrete,), ()):
                if timeline.covers(concrete, atom, ()) is YES:
                    parameter = self._recorder.models.live(atom.owner)
                    if parameter is not None:
                        found[id(parameter)] = parameter
        return list(found.values())

    def _modules(self, selection: Selection) -> list[Any]:
        timeline = self._recorder.timeline("replay")
        concrete = self._concrete(selection)
        models = self._recorder.models
        numbers = [item.id for item in models.heap if item.kind is Kind.MODULE]
        covered = [each for each in numbers if timeline.covers_module(concrete, each, ()) is YES]
        return [module for each in covered if (module := models.live(each)) is not None]

    def _concrete(self, selection: Selection) -> Selection:
        """The selection over the recorder's heap, as it is now."""
        now = self._recorder.tick() + 1
        if isinstance(selection.root, Selection):
            root: int | Selection = self._concrete(selection.root)
        else:
            root = self._number(self._object(selection.root))
        tests = tuple(
            msgspec.structs.replace(test, value=substitute(test.value, lambda part: _at(part, now)))
            for test in selection.tests
        )
        left_out = tuple(self._number(self._object(each)) for each in selection.but)
        return msgspec.structs.replace(selection, root=root, at=now, tests=tests, but=left_out, truth=YES)

    def _number(self, item: Any) -> int:
        import torch

        if isinstance(item, torch.nn.Module):
            return int(self._recorder.adopt(item, None))
        return int(self._recorder.models.parameter(item))


def _at(part: Value, now: int) -> Value | None:
    """A test of a flag or mode is about the moment of the replay."""
    match part:
        case Expr(op="requires_grad" | "training", args=(element, _)):
            return Expr(part.op, (element, Const(now)))
    return None


def _concerned(event: Event) -> list[int]:
    match event:
        case Forward():
            return [event.module]
        case GradSet() | ModeSet():
            return [_root_of(each) for each in event.selections]
        case OptimizerBuilt():
            return [_root_of(each) for group in event.groups if group is not None for each in group]
        case AttributeSet(kind="module", target=int() as target):
            return [target]
    return []


def _root_of(selection: Selection) -> int:
    return selection.root if isinstance(selection.root, int) else _root_of(selection.root)
