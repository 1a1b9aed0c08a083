"""Module-level code: run as a script, or piece by piece when one of its names is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from freezelint.core.symbols import Const, Symbol, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .definitions import Binding, Definition, Done
from .exits import STAYS, Exit
from .frames import MISSING, Frame
from .grad_modes import RECORDING
from .project import ProjectModule, Rests
from .values import Imported, Library, Namespace, Place
from .world import condition

if TYPE_CHECKING:
    from .interpreter import Interpreter

_REGISTERS = re.compile(r"@\w*[Rr]egist\w*[.(\s]|@\w+\.[Rr]egist\w*|[A-Za-z_]\w*\[[^\]]+\]\s*=[^=]")
_MOST_REGISTERED = 12
_MOST_FOLLOWED = 200
"""Modules whose imports are followed for what those register."""
_DEFINING = ("function", "class", "import", "assign")
_FILE = Symbol("__file__", 0)
_LARGEST_DEFINITION = 20_000
"""Steps that a definition may take, whatever is left of the entry point's own."""


class Loader:
    """The modules of the project in one interpretation: their scopes, and which of their statements have run."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self._frames: dict[str, Frame] = {}
        self._registered: set[str] = set()
        self._followed: set[str] = set()
        """The modules whose imports have all been followed, by file."""
        self._running: set[tuple[str, int]] = set()
        self._done: dict[tuple[str, int], Rests] = {}
        """The statements that have run, and what they rest on."""
        self._defining = 0
        self._doing: list[Done] = []
        """What the statements that run now have done so far, the innermost last."""
        interp.definitions.forget_world()

    def frame(self, module: ProjectModule) -> Frame:
        """The scope of a module; its names are bound when they are asked for."""
        found = self._frames.get(module.absolute)
        if found is None:
            found = self._frames[module.absolute] = self.interp.definitions.scope(module)
            found.names.write("__name__", Const(module.name), ())
            found.names.write("__file__", _FILE, ())
        return found

    def run(self, module: ProjectModule) -> None:
        """Interpret a module as a script."""
        frame = self.frame(module)
        frame.names.write("__name__", Const("__main__"), ())
        before = self.interp.world.path
        for number in range(len(module.chunks)):
            left = self._run_chunk(frame, number)
            if left is not None and truth_of(left.any) is not Truth.NO:
                self.interp.world.path = before = before + tuple(condition(left.any, polarity=False))
                if truth_of(left.any) is Truth.YES:
                    break
        self.interp.world.path = ()

    def _run_chunk(self, frame: Frame, number: int) -> Exit | None:
        key = (frame.module.absolute, number)
        if key in self._running or key in self._done:
            return None
        known = self.interp.definitions.bound(frame.module, number)
        if known is not None:
            self._rebind(frame, key, known)
            return None
        self._running.add(key)
        world, steps = self.interp.world, self.interp.world.steps
        before = world.traces
        defines = frame.module.chunks[number].kind in _DEFINING
        if defines:
            # Whether a definition is made here or found ready must make no difference to what the steps suffice for.
            world.steps = max(steps, _LARGEST_DEFINITION)
        self._defining += defines
        doing = Done()
        self._doing.append(doing)
        try:
            with self.interp.project.recording() as rests:
                rests.rest_on(frame.module)
                left = self.interp.block(frame.module.statements(number), frame)
        finally:
            self._defining -= defines
            self._running.discard(key)
            self._doing.pop()
            if self._doing:
                self._doing[-1].add(doing)
            self._done[key] = rests
            spent = (max(steps, _LARGEST_DEFINITION) if defines else steps) - world.steps
            world.steps = steps - spent
        if left is STAYS and world.traces == before and self._keep(frame, number, rests, doing):
            world.steps = steps
        world.spend(0)
        return left

    def _rebind(self, frame: Frame, key: tuple[str, int], known: Definition) -> None:
        """Do what a statement does in every world."""
        self._done[key] = known.rests
        self.interp.project.resting.add(known.rests)
        for binding in known.bindings:
            frame.names.write(binding.name, binding.value, self.interp.world.path)
        for place in known.done.visited:
            self.visit(place)
        for module in known.done.registered:
            self.register(module)

    def visit(self, place: Place) -> None:
        """The body of a function is interpreted."""
        self.interp.visited.add(place)
        if self._doing:
            self._doing[-1].visited.add(place)

    def _keep(self, frame: Frame, number: int, rests: Rests, done: Done) -> bool:
        """Remember what a statement has bound that did nothing else."""
        chunk = frame.module.chunks[number]
        if not chunk.names or "*" in chunk.names:
            return False
        values = [(name, frame.names.read(name, self.interp.world.path)) for name in chunk.names]
        if any(value is MISSING for _, value in values):
            return False
        bindings = tuple(Binding(name, value) for name, value in values)
        return self.interp.definitions.keep(frame.module, number, Definition(bindings, rests, done))

    def lean_on(self, module: ProjectModule, name: str) -> None:
        """A definition reads a module-level name: it rests on what the name rests on, though that has run before."""
        for number in module.binders(name) if self._defining else ():
            rests = self._done.get((module.absolute, number))
            if rests is not None:
                self.interp.project.resting.add(rests)

    def lean_on_rests(self, rests: Rests) -> None:
        """A definition reads something that was worked out before, and that rests on this."""
        if self._defining:
            self.interp.project.resting.add(rests)

    def global_name(self, module: ProjectModule, name: str) -> Any:
        """The value of a module-level name, running the statements that bind it if they have not run yet."""
        frame = self.frame(module)
        self.lean_on(module, name)
        value = self.interp.settled(frame.names.read(name, self.interp.world.path))
        pending = [n for n in module.binders(name) if (module.absolute, n) not in self._done]
        if pending and (value is MISSING or frame.module.absolute not in {f for f, _ in self._running}):
            self._run_aside(frame, pending)
            value = self.interp.settled(frame.names.read(name, self.interp.world.path))
        if any(self.interp.definitions.bound(module, n) is None for n in module.binders(name)):
            # What uses the name depends on what this world makes of it.
            self.interp.world.trace()
        if value is MISSING:
            source = self.interp.project.star_source(module, name)
            if source is not None:
                return self.global_name(source, name)
            if module.is_package:
                submodule = self.interp.project.imported(module, name, 1)
                if submodule is not None:
                    return Namespace(submodule)
        return value

    def _run_aside(self, frame: Frame, chunks: list[int]) -> None:
        """Run module-level statements outside the current path, calls and loops."""
        world = self.interp.world
        saved = (world.path, world.stack, world.functions, world.loops, world.grad_log)
        world.path, world.stack, world.functions, world.loops, world.grad_log = (), (), [""], (), RECORDING
        try:
            for number in chunks:
                self._run_chunk(frame, number)
        finally:
            world.path, world.stack, world.functions, world.loops, world.grad_log = saved

    def imported(self, module: ProjectModule, target: str, level: int, name: str) -> Any:
        """What `from target import name` binds in a module."""
        found = self.interp.project.imported(module, target, level)
        if found is not None:
            self.register(found)
            if found is module:
                return MISSING
            value = self.global_name(found, name)
            if value is not MISSING:
                return value
            submodule = self.interp.project.imported(module, f"{target}.{name}" if target else name, level)
            if submodule is not None:
                self.register(submodule)
                return Namespace(submodule)
            return self.interp.world.unknown(name) if found.is_broken(name) else MISSING
        submodule = self.interp.project.imported(module, f"{target}.{name}" if target else name, level)
        if submodule is not None:
            return Namespace(submodule)
        prefix = "." * level + target
        return Library(f"{prefix}.{name}" if prefix else name)

    def announce(self, imported: Imported) -> None:
        """A name is imported: what the modules on the way register is registered, before the name is read."""
        found = self.interp.project.imported(imported.module, imported.target, imported.level)
        if found is not None:
            self.register(found)
        target = f"{imported.target}.{imported.name}" if imported.target else imported.name
        submodule = self.interp.project.imported(imported.module, target, imported.level)
        if submodule is not None:
            self.register(submodule)

    def deepen(self) -> bool:
        """Follow the imports of all modules that were met so far, for what those register; False where nothing new
        is met. Most programs look for nothing that hangs on it, so it is done where something is missing."""
        waiting = [frame.module for path, frame in self._frames.items() if path not in self._followed]
        if len(self._followed) + len(waiting) > _MOST_FOLLOWED:
            return False
        for module in waiting:
            self._followed.add(module.absolute)
            for number, chunk in enumerate(module.chunks):
                for statement in module.statements(number) if chunk.kind == "import" else ():
                    for found in self._imports(module, statement):
                        self.register(found)
                        self.frame(found)
        return bool(waiting)

    def _imports(self, module: ProjectModule, statement: ir.Statement) -> Iterator[ProjectModule]:
        """The modules of the project that an import runs."""
        targets: list[tuple[str, int]] = []
        match statement:
            case ir.Import(names=names):
                parts = [each.name.split(".") for each in names]
                targets = [(".".join(each[:end]), 0) for each in parts for end in range(1, len(each) + 1)]
            case ir.ImportFrom(module=target, level=level, names=names):
                inner = [each.name for each in names if each.name != "*"]
                targets = [(target, level), *((f"{target}.{name}" if target else name, level) for name in inner)]
            case _:
                pass
        for target, level in targets:
            found = self.interp.project.imported(module, target, level)
            if found is not None:
                yield found

    def register(self, module: ProjectModule) -> None:
        """Importing a module runs it: classes and functions that register themselves are defined."""
        if self._doing and self._registering(module):
            # Every world that imports the module needs it registered.
            self._doing[-1].registered.setdefault(module)
        if module.absolute in self._registered:
            return
        self._registered.add(module.absolute)
        registering = self._registering(module)
        if registering:
            self._run_aside(self.frame(module), registering)

    def _registering(self, module: ProjectModule) -> list[int]:
        """The statements of a module that register something, where those are few."""
        found = self.interp.definitions.registering.get(module.absolute)
        if found is None:
            found = [n for n, chunk in enumerate(module.chunks) if _REGISTERS.match(chunk.text) is not None]
            found = found if len(found) <= _MOST_REGISTERED else []
            self.interp.definitions.registering[module.absolute] = found
        return found
