"""Runs the user's program the way Python, Jupyter or pytest would, with its findings under watch."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import linecache
import os
import sys
import traceback
from types import ModuleType, TracebackType
from typing import Any

from freezelint.runtime.loading import under_pytest
from freezelint.runtime.plan import Target
from freezelint.runtime.session import Session, StopRun
from freezelint.source.files import UnreadableSource, read_source
from freezelint.source.notebooks import cells_of

_HERE = os.path.dirname(os.path.abspath(__file__))


class CannotRun(Exception):
    """The target does not exist: the message says what is missing."""


def run(session: Session) -> int:
    """Run the target to its end, and say with which exit code its process should end."""
    target = session.plan.target
    try:
        status = _KINDS[target.kind](session, target)
    except StopRun:
        return 0
    except SystemExit as leaving:
        return _left(session, leaving)
    except CannotRun as error:
        session.ended, session.detail = "failed", str(error)
        print(error, file=sys.stderr)
        return 2
    except BaseException as error:
        if session.ended != "stopped":
            session.ended, session.detail = "failed", _told(error)
        error.__traceback__ = _own_frames_dropped(error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    session.ended = "finished" if session.ended == "running" else session.ended
    return status


def _left(session: Session, leaving: SystemExit) -> int:
    code = leaving.code
    status = 0 if code is None else code if isinstance(code, int) else 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
    if session.ended == "running":
        session.ended = "failed" if status else "finished"
        session.detail = f"exit code {status}" if status else ""
    return status


def _told(error: BaseException) -> str:
    return traceback.format_exception_only(type(error), error)[-1].strip()


def _own_frames_dropped(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without frames of the probes: the error is the user's."""
    kept = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_HERE):
            kept.append(trace)
        trace = trace.tb_next
    result: TracebackType | None = None
    for each in reversed(kept):
        result = TracebackType(result, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return result


def _main_module(file: str) -> ModuleType:
    """A fresh `__main__`, in its place among the modules, so that pickle and multiprocessing find it."""
    module = ModuleType("__main__")
    module.__file__ = file
    module.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = module
    return module


def _script(session: Session, target: Target) -> int:
    path = os.path.abspath(target.name)
    try:
        with open(path, "rb") as stream:
            source = stream.read()
    except OSError as error:
        raise CannotRun(f"{target.name} cannot be read: {error.strerror}") from error
    sys.argv = [target.name, *target.arguments]
    sys.path.insert(0, os.path.dirname(path))
    module = _main_module(path)
    exec(session.instrumenter.compile(source, path), module.__dict__)
    return 0


def _module(session: Session, target: Target) -> int:
    sys.path.insert(0, os.getcwd())
    name = target.name
    spec = _spec(name)
    if spec is not None and spec.submodule_search_locations is not None:
        name += ".__main__"
        spec = _spec(name)
    if spec is None or spec.origin is None or not os.path.isfile(spec.origin):
        raise CannotRun(f"there is no module named {target.name}")
    sys.argv = [spec.origin, *target.arguments]
    with open(spec.origin, "rb") as stream:
        code = session.instrumenter.compile(stream.read(), spec.origin)
    module = _main_module(spec.origin)
    module.__spec__ = spec
    module.__package__ = name.rpartition(".")[0]
    exec(code, module.__dict__)
    return 0


def _spec(name: str) -> Any:
    try:
        return importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None


def _function(session: Session, target: Target) -> int:
    sys.path.insert(0, os.getcwd())
    module_name, _, path = target.name.partition(":")
    sys.argv = [module_name, *target.arguments]
    if _spec(module_name) is None:
        raise CannotRun(f"there is no module named {module_name}")
    found: Any = importlib.import_module(module_name)
    for part in path.split("."):
        if not hasattr(found, part):
            raise CannotRun(f"{module_name} has no function {path}")
        found = getattr(found, part)
    result = found(*target.arguments)
    if inspect.iscoroutine(result):
        import asyncio

        asyncio.run(result)
    return 0


def _notebook(session: Session, target: Target) -> int:
    path = os.path.abspath(target.name)
    try:
        source = read_source(path)
    except UnreadableSource as error:
        raise CannotRun(f"{target.name} cannot be run: {error}") from error
    sys.argv = [target.name, *target.arguments]
    sys.path.insert(0, os.path.dirname(path))
    module = _main_module(path)
    shown = session.instrumenter.shown(path) or target.name
    session.instrumenter.note(path)
    # What stands for the output of shell lines and magics, which are not run.
    module.__dict__["get_ipython"] = lambda: None
    for number, plain in cells_of(source):
        filename = f"{path}#cell{number}"
        session.sites.cells[filename] = (shown, number)
        linecache.cache[filename] = (len(plain), None, plain.splitlines(keepends=True), filename)
        exec(session.instrumenter.compile(plain, filename, shown=shown, cell=number), module.__dict__)
    return 0


def _pytest(session: Session, target: Target) -> int:
    try:
        import pytest
    except ImportError as error:
        raise CannotRun("pytest is not installed") from error
    sys.path.insert(0, os.getcwd())
    sys.argv = ["pytest", *target.arguments]
    under_pytest(session.instrumenter)

    class EachTest:
        """A recording of its own for each test: what one freezes is nothing to the next."""

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_setup(self) -> None:
            session.record()

        @pytest.hookimpl(trylast=True)
        def pytest_runtest_teardown(self) -> None:
            session.keep()

    status = int(pytest.main(list(target.arguments), plugins=[EachTest()]))
    if status:
        session.ended, session.detail = "failed", f"pytest ended with exit code {status}"
    return status


def _model(session: Session, target: Target) -> int:
    from freezelint.runtime.replay import CannotReplay, replay

    try:
        return replay(session, target)
    except (CannotReplay, ValueError) as error:
        raise CannotRun(str(error)) from error


_KINDS = {
    "script": _script,
    "module": _module,
    "function": _function,
    "notebook": _notebook,
    "pytest": _pytest,
    "model": _model,
}
