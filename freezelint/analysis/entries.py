"""Entry points: where the code of a project starts, and the timelines that follow.

A file that does something at module level is a script. A function that nothing in the project calls is entered with
symbolic arguments. A class that nothing constructs lives its life: its constructor, its framework's hooks, then each
method that is not called yet, each under the condition that somebody calls it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from freezelint.core.environment import Environment
from freezelint.core.findings import Problem
from freezelint.core.symbols import Ref, Symbol
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.source import ir
from freezelint.source.outline import Chunk
from freezelint.source.screening import bases_of, chunk_matters, freezes_when_built, starts_training

from . import classes, gathering, lazy, lifecycles, options
from .construction import construct
from .definitions import Definitions
from .interpreter import Interpreter
from .invocation import Invocation
from .overrides import check_train
from .problems import internal_problem
from .project import Project, ProjectModule
from .values import Bound, ClassValue, Function
from .world import OutOfBudget, World, condition

_STEPS = 20_000
_SCRIPT = 8
"""A script may take this many times as many steps: all of a training run may hang on one."""
_WORD = re.compile(r"[A-Za-z_]\w*")


class Entries:
    """Finds and interprets the entry points of the given modules."""

    def __init__(self, project: Project, *, steps: int = _STEPS, environment: Environment | None = None) -> None:
        self.project = project
        self._environment = environment
        self.visited: set[int] = set()
        self.problems: list[Problem] = []
        self._steps = steps
        self._definitions = Definitions()

    def timelines(self) -> Iterator[Timeline]:
        """The timelines of all entry points: scripts first, then what they did not reach, callers before callees."""
        modules = self.project.given()
        for module in modules:
            if is_script(module):
                yield self._run(module, "", lambda interp, module=module: interp.loader.run(module), closed=True)
        candidates = [
            (module, chunk) for module in modules for chunk in module.chunks
            if chunk.kind in ("function", "class") and starts_training(chunk.text)
        ]  # fmt: skip
        candidates += heirs(modules, candidates)
        mentioned = Mentions(modules, (name for _, chunk in candidates for name in chunk.names))
        first = [each for each in candidates if not mentioned.elsewhere(each[0], each[1])]
        rest = [each for each in candidates if mentioned.elsewhere(each[0], each[1])]
        for module, chunk in (*first, *rest):
            yield from self._definition(module, chunk)
        for module in modules:
            if options.declares_options(module):
                found = self._run(
                    module, "definitions", lambda interp, module=module: options.check_definitions(interp, module)
                )
                if found.events:
                    yield found

    def _definition(self, module: ProjectModule, chunk: Chunk) -> Iterator[Timeline]:
        for name in chunk.names:
            node = module.definition(name)
            if isinstance(node, ir.FunctionDef):
                if id(node) not in self.visited:
                    yield self._run(module, name, lambda interp, node=node: self._function(interp, module, node))
            elif isinstance(node, ir.ClassDef) and self._unvisited(node):
                yield self._run(module, name, lambda interp, name=name: self._class(interp, module, name))

    def _unvisited(self, node: ir.ClassDef) -> bool:
        methods = [each for each in node.body if isinstance(each, ir.FunctionDef)]
        return any(id(each) not in self.visited for each in methods) or any(each.name == "train" for each in methods)

    def _run(self, module: ProjectModule, name: str, act: object, *, closed: bool = False) -> Timeline:
        world = World(
            f"{module.path}::{name}" if name else module.path,
            steps=self._steps * (_SCRIPT if closed else 1), environment=self._environment,
        )  # fmt: skip
        interp = Interpreter(self.project, world, self._definitions)
        try:
            act(interp)  # type: ignore[operator]
            lazy.finish(interp)
            interp.stored.tell()
        except OutOfBudget:
            closed = False
        except Exception as error:  # what was seen before it stands
            closed = False
            self.problems.append(internal_problem(module.path, world.timeline.entry, error))
        self.visited |= interp.visited
        gathering.tell(interp)
        world.timeline.open_end = not closed
        return world.timeline

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
            interp.world.steps = self._steps // 4
            return Ref(made)

    def _methods(self, interp: Interpreter, cls: ClassValue, made: Ref) -> None:
        """Each method that is not called yet, under the condition that it is called."""
        world = interp.world
        frame = interp.loader.frame(cls.module)
        for name, member in cls.members.items():
            function = member.function if isinstance(member, (classes.Static, classes.ClassLevel)) else member
            if not isinstance(function, Function) or not isinstance(function.node, ir.FunctionDef):
                continue
            if id(function.node) in interp.visited or name.startswith("__") or name == "train":
                continue
            if not starts_training(classes.method_text(cls, function.node)):
                continue
            call = lifecycles.synthetic_call(interp, function.node, frame)
            called = Symbol(f"{name} is called", world.fresh())
            with world.assuming(condition(called, polarity=True)):
                bound = function if isinstance(member, classes.Static) else Bound(made, function, cls)
                interp.calls.invoke(bound, call)


def heirs(modules: list[ProjectModule], known: list[tuple[ProjectModule, Chunk]]) -> list[tuple[ProjectModule, Chunk]]:
    """The classes, beside those known, that derive from one which freezes in its constructor."""
    classes_of = [(module, chunk) for module in modules for chunk in module.chunks if chunk.kind == "class"]
    freezing = {name for _, chunk in classes_of if freezes_when_built(chunk.text) for name in chunk.names}
    seen = {id(chunk) for _, chunk in known}
    found: list[tuple[ProjectModule, Chunk]] = []
    while freezing:
        more = [
            each for each in classes_of if id(each[1]) not in seen and bases_of(each[1].text) & freezing
        ]  # fmt: skip
        found.extend(more)
        seen.update(id(chunk) for _, chunk in more)
        freezing = {name for _, chunk in more for name in chunk.names}
    return found


def is_script(module: ProjectModule) -> bool:
    """Whether the file does something at module level that may matter: it trains there, or calls what does."""
    if module.is_notebook:
        return True
    if module.is_package:
        return "__main__" in module.text
    live = {
        name for chunk in module.chunks if chunk.kind in ("function", "class") and chunk_matters(chunk.text)
        for name in chunk.names
    }  # fmt: skip
    for chunk in module.chunks:
        if chunk.kind == "class" and bases_of(chunk.text) & live:
            live.update(chunk.names)
    alone = module.package_root == os.path.dirname(module.absolute)
    for chunk in module.chunks:
        if chunk.kind not in ("statement", "assign"):
            continue
        if chunk.text.lstrip().startswith(_STRINGS) or (chunk.kind == "assign" and chunk.names and not _calls(chunk)):
            continue
        if chunk_matters(chunk.text) or "__main__" in chunk.text:
            return True
        if chunk.kind == "statement" and _ACTS.match(chunk.text) is not None:
            return True
        if alone and (chunk.kind == "statement" or not chunk.names) and not chunk.text.lstrip().startswith(_QUIET):
            return True
        if any(f"{name}(" in chunk.text for name in live & set(_WORD.findall(chunk.text))):
            return True
    return False


def _calls(chunk: Chunk) -> bool:
    """Whether an assignment calls anything, rather than naming a text or a table."""
    if ";" in chunk.text:
        return True  # other statements may share the line
    _, _, value = chunk.text.partition("=")
    return not value.lstrip(" (\\\n").startswith(_STRINGS) and _CALL.search(value) is not None


_STRINGS = ('"', "'", 'r"', "r'")
_CALL = re.compile(r"[\w\])]\(")
_QUIET = (
    '"',
    "'",
    "try:",
    "logger",
    "warnings.",
    "pass",
    "assert",
    "sys.path",
    "if TYPE_CHECKING",
    "logging.",
    "print(",
)
_ACTS = re.compile(
    r"(?:main|run|cli|train|app|fire\.Fire)\(|(?:for|while)\b|\w+\.(?:fit|train|run\w*|main|train_\w+)\("
)


class Mentions:
    """Which of some names of definitions other code of the given files mentions."""

    def __init__(self, modules: list[ProjectModule], names: Iterable[str]) -> None:
        self._places: dict[str, set[tuple[str, int]]] = {}
        wanted = set(names)
        for module in modules:
            found = wanted.intersection(_WORD.findall(module.text))
            for chunk in module.chunks if found else ():
                if chunk.kind == "import" or "__all__" in chunk.names:
                    continue
                text = chunk.text
                for name in [each for each in found if each in text]:
                    if re.search(rf"\b{name}\b", text) is not None:
                        self._places.setdefault(name, set()).add((module.absolute, chunk.first_line))

    def elsewhere(self, module: ProjectModule, chunk: Chunk) -> bool:
        """Whether another chunk mentions a name that this one defines."""
        here = {(module.absolute, chunk.first_line)}
        return any(self._places.get(name, here) - here for name in chunk.names)
