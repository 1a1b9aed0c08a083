"""Interprets entry points: each becomes a timeline, and what the timeline rests on.

A file that does something at module level is a script. A function that nothing in the project calls is entered with
symbolic arguments. A class that nothing constructs lives its life: its constructor, its framework's hooks, then each
method that is not called yet, each under the condition that somebody calls it. `scheduling` tells which there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from freezelint.core.environment import Environment
from freezelint.core.findings import Problem
from freezelint.core.symbols import Ref, Symbol
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.source import ir
from freezelint.source.relevance import starts_training

from . import classes, gathering, lazy, lifecycles, options
from .construction import construct
from .definitions import Definitions
from .interpreter import Interpreter
from .invocation import Invocation
from .overrides import check_train
from .problems import internal_problem
from .project import Project, ProjectModule, Rests
from .scheduling import EntryPoint, Schedule, Start, facts_of
from .values import Bound, ClassValue, Function, Place
from .world import OutOfBudget, World, condition

_STEPS = 20_000
_SCRIPT = 8
"""A script may take this many times as many steps: all of a training run may hang on one."""


class Entered(msgspec.Struct, frozen=True):
    """What came of an entry point: its timeline, internal errors, the functions whose body was interpreted, what all of
    that rests on, and whether it was too long to be followed to its end."""

    timeline: Timeline
    problems: tuple[Problem, ...]
    visited: frozenset[Place]
    rests: Rests
    cut: bool


class Entries:
    """Interprets the entry points of a project, in any order: none depends on those before it."""

    def __init__(self, project: Project, *, steps: int = _STEPS, environment: Environment | None = None) -> None:
        self.project = project
        self._environment = environment
        self.problems: list[Problem] = []
        self._steps = steps
        self._definitions = Definitions()

    def timelines(self) -> Iterator[Timeline]:
        """The timelines of all entry points of the given files, in the order of `Schedule`."""
        facts = {
            path: facts_of(module)
            for path in self.project.given
            if (module := self.project.module_at(path)) is not None
        }
        schedule = Schedule(self.project, facts)
        visited: set[Place] = set()
        for point in schedule.points(schedule.mentions(facts)):
            if point.is_due(visited):
                entered = self.enter(point)
                visited |= entered.visited
                self.problems.extend(entered.problems)
                if point.kind is not Start.OPTIONS or entered.timeline.events:
                    yield entered.timeline

    def enter(self, point: EntryPoint) -> Entered:
        """Interpret an entry point, from nothing."""
        with self.project.recording() as rests:
            module = self.project.module_at(point.path)
            world = World(
                point.key(module.path if module is not None else point.path),
                steps=self._steps * (_SCRIPT if point.kind is Start.SCRIPT else 1), environment=self._environment,
            )  # fmt: skip
            interp = Interpreter(self.project, world, self._definitions)
            problems: tuple[Problem, ...] = ()
            closed, cut = point.kind is Start.SCRIPT, False
            try:
                if module is not None:
                    self._act(interp, module, point)
                lazy.finish(interp)
                interp.stored.tell()
            except OutOfBudget:
                closed, cut = False, True
            except Exception as error:  # what was seen before it stands
                closed = False
                path = point.path if module is None else module.path
                problems = (internal_problem(path, world.timeline.entry, error),)
            try:
                gathering.tell(interp)
            except Exception as error:
                path = point.path if module is None else module.path
                problems = (*problems, internal_problem(path, world.timeline.entry, error))
            world.timeline.open_end = not closed
        return Entered(world.timeline, problems, frozenset(interp.visited), rests, cut)

    def _act(self, interp: Interpreter, module: ProjectModule, point: EntryPoint) -> None:
        if point.kind is Start.SCRIPT:
            interp.loader.run(module)
            return
        if point.kind is Start.OPTIONS:
            options.check_definitions(interp, module)
            return
        node = module.definition(point.name)
        if isinstance(node, ir.FunctionDef):
            self._function(interp, module, node)
        elif isinstance(node, ir.ClassDef):
            self._class(interp, module, point.name)

    def _function(self, interp: Interpreter, module: ProjectModule, node: ir.FunctionDef) -> None:
        value = interp.loader.global_name(module, node.name)
        if isinstance(value, Function):
            frame = interp.loader.frame(module)
            interp.calls.invoke(value, lifecycles.synthetic_call(interp, node, frame))

    def _class(self, interp: Interpreter, module: ProjectModule, name: str) -> None:
        value = interp.loader.global_name(module, name)
        if not isinstance(value, ClassValue):
            return
        frame = interp.loader.frame(module)
        call = lifecycles.synthetic_call(interp, value.node, frame)
        made = self._constructed(interp, value, call)
        item = interp.world.heap[made.id]
        item.label = "self"
        if lifecycles.is_lightning(value):
            lifecycles.run_lightning(interp, item, call)
        elif item.is_module is Truth.YES and lifecycles.framework_trains(value):
            lifecycles.run_framework(interp, item, call)
        if item.is_module is not Truth.NO:
            check_train(interp, value, made, call)
        self._methods(interp, value, made)

    def _constructed(self, interp: Interpreter, cls: ClassValue, call: Invocation) -> Ref:
        """An instance; one whose constructor is too long to follow is taken as far as it was built."""
        try:
            return construct(interp, cls, call)
        except OutOfBudget:
            made = next((number for number, kind in interp.calls.class_of.items() if kind is cls), None)
            if made is None:
                raise
            interp.world.heap[made].open = True
            interp.world.grant(self._steps // 4)
            return Ref(made)

    def _methods(self, interp: Interpreter, cls: ClassValue, made: Ref) -> None:
        """Each method that is not called yet, under the condition that it is called."""
        world = interp.world
        frame = interp.loader.frame(cls.module)
        for name, member in cls.members.items():
            function = member.function if isinstance(member, (classes.Static, classes.ClassLevel)) else member
            if not isinstance(function, Function) or not isinstance(function.node, ir.FunctionDef):
                continue
            if function.place in interp.visited or name.startswith("__") or name == "train":
                continue
            if not starts_training(classes.method_text(cls, function.node)):
                continue
            call = lifecycles.synthetic_call(interp, function.node, frame)
            called = Symbol(f"{name} is called", world.fresh())
            with world.assuming(condition(called, polarity=True)):
                bound = function if isinstance(member, classes.Static) else Bound(made, function, cls)
                interp.calls.invoke(bound, call)
