"""Runs a program in this process under the recorder, and reads the state of the real objects at each look."""

from __future__ import annotations

import contextlib
import linecache
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any
from unittest import mock

import msgspec

from freezelint.core.findings import Finding
from freezelint.core.rules import Rule
from freezelint.core.selecting import ParameterAtom
from freezelint.core.spans import Span
from freezelint.core.truth import Truth
from freezelint.runtime.plan import Plan, Result, Target
from freezelint.runtime.session import Session
from tests.soundness.syntax import Program

SHOWN = "program.py"
_PATH = "/program/program.py"


class Seen(msgspec.Struct, frozen=True):
    """A real module at a moment, everything by its dotted name: flags of parameters (under each of their names), modes
    of modules, classes and children of modules, which object a parameter is, and the names that it lists."""

    flags: dict[str, bool]
    modes: dict[str, bool]
    classes: dict[str, str]
    children: dict[str, tuple[str, ...]]
    identities: dict[str, int]
    order: tuple[str, ...]


class Look(msgspec.Struct, frozen=True):
    """What `print("look", ...)` was given: modules, and optimizers as what they hold, in order."""

    span: Span
    stack: tuple[Span, ...]
    objects: tuple[Seen | frozenset[int], ...]


class Run(msgspec.Struct, frozen=True):
    """A run: its looks in order, the exception that ended it ("" for none), what the recorder says that is not so, and
    the verdicts of the judge."""

    looks: tuple[Look, ...]
    ended: str
    misrecorded: tuple[str, ...]
    result: Result


class _Session(Session):
    """A session in a process that is not its own: nothing is left in files."""

    def flush(self) -> None:
        """Nothing: the result is asked for."""


class _Looking:
    """The `print` of a program that is run."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.looks: list[Look] = []
        self.misrecorded: dict[str, None] = {}

    def __call__(self, *given: Any) -> None:
        import torch

        probes = self._session.bindings.probes
        assert probes is not None
        site = self._session.sites.here(sys._getframe(1))
        objects = list({id(each): each for each in given[1:]}.values())
        self.looks.append(
            Look(
                site.span, tuple(span for span in site.stack if span.path == SHOWN),
                tuple(_module(each) if isinstance(each, torch.nn.Module) else _held(each) for each in objects),
            )
        )  # fmt: skip
        self._check(probes.recorder, objects, site.span.line)

    def _check(self, recorder: Any, objects: Sequence[Any], line: int) -> None:
        """Compare the recorded timeline with what is there: for a run it must know everything exactly."""
        import torch

        timeline, now, number = recorder.timeline("run"), recorder.clock + 1, recorder.models.number
        modules = [each for each in objects if isinstance(each, torch.nn.Module)]
        optimizers = [each for each in objects if not isinstance(each, torch.nn.Module)]
        for module in modules:
            for name, part in module.named_modules():
                if number(part) is not None:
                    told = timeline.training(number(part), now, ()).truth
                    self._is(told, part.training, f"line {line}: training of {name!r}")
            for name, parameter in module.named_parameters():
                if number(parameter) is None:
                    continue
                atom = ParameterAtom(number(parameter), "")
                told = timeline.requires_grad(atom, now, ()).truth
                self._is(told, parameter.requires_grad, f"line {line}: requires_grad of {name!r}")
                for each in optimizers:
                    told = timeline.held(number(each), atom, now, ()).truth
                    self._is(told, id(parameter) in _held(each), f"line {line}: membership of {name!r}")

    def _is(self, told: Truth, real: bool, what: str) -> None:
        if told is not Truth.of(real):
            self.misrecorded[f"{what} is {real}, recorded as {told.name}"] = None


def _module(module: Any) -> Seen:
    modules = dict(module.named_modules(remove_duplicate=False))
    parameters = dict(module.named_parameters(remove_duplicate=False))
    return Seen(
        flags={name: each.requires_grad for name, each in parameters.items()},
        modes={name: each.training for name, each in modules.items()},
        classes={name: type(each).__name__ for name, each in modules.items()},
        children={name: tuple(each._modules) for name, each in modules.items()},
        identities={name: id(each) for name, each in parameters.items()},
        order=tuple(name for name, _ in module.named_parameters()),
    )


def _held(optimizer: Any) -> frozenset[int]:
    return frozenset(id(each) for group in optimizer.param_groups for each in group["params"])


def run(program: Program, text: str, findings: Sequence[Finding] = (), rules: Sequence[Rule] = ()) -> Run:
    """Run the text of a program with its options. What it raises ends it, as it would end the program."""
    import torch

    torch.manual_seed(0)
    plan = Plan(
        target=Target("script", _PATH), codes=tuple(rule.code for rule in rules), findings=tuple(findings),
        names={_PATH: SHOWN}, folder="", steps=None,
    )  # fmt: skip
    session = _Session(plan, lambda: rules)
    looking = _Looking(session)
    ended = ""
    with _as_main(program, text), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = session.instrumenter.compile(text, _PATH)
        session.record()
        try:
            exec(code, {"__name__": "__main__", "__file__": _PATH, "print": looking})
        except Exception as error:
            ended = f"{type(error).__name__}: {error}".split("\n")[0]
        finally:
            session.keep()
            torch.set_grad_enabled(True)
    result = session.result()
    return Run(tuple(looking.looks), ended, tuple(looking.misrecorded), result)


@contextlib.contextmanager
def _as_main(program: Program, text: str) -> Iterator[None]:
    """The command line, environment and source lines that the program shall see."""
    import json

    options = {f"option{number}": value for number, value in enumerate(program.options)}
    arguments = [f"--{name}" for name, value in options.items() if value]
    if program.style == "json":
        arguments = [json.dumps(options)]
    environment = {name.upper(): str(int(value)) for name, value in options.items()}
    linecache.cache[_PATH] = (len(text), None, text.splitlines(keepends=True), _PATH)
    with mock.patch.object(sys, "argv", [_PATH, *arguments]), mock.patch.dict(os.environ, environment):
        yield
