"""What the user calls an object: the variable or attribute that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import FrameType
from typing import Any


def label_of(item: object, frames: Iterable[FrameType]) -> str:
    """The name by which the nearest of the user's frames knows the object, or "" where none does."""
    for frame in frames:
        scopes: list[Mapping[str, Any]] = [frame.f_locals]
        if frame.f_globals is not frame.f_locals:
            scopes.append(frame.f_globals)
        for scope in scopes:
            name = next((name for name, value in scope.items() if value is item and not name.startswith("_")), "")
            if name:
                return name
        owner = frame.f_locals.get("self")
        attributes = getattr(owner, "__dict__", None)
        if isinstance(attributes, dict):
            held = {**attributes, **(attributes.get("_modules") or {})}
            name = next((name for name, value in held.items() if value is item), "")
            if name:
                return f"self.{name}"
    return ""


def leads_to(parameter: object, frames: Iterable[FrameType]) -> bool:
    """Whether a module that a name or attribute in the user's frames stands for holds the parameter."""
    seen: set[int] = set()
    for frame in frames:
        owner = getattr(frame.f_locals.get("self"), "__dict__", None)
        scopes = [frame.f_locals, frame.f_globals, *([owner] if isinstance(owner, dict) else [])]
        for value in [value for scope in scopes for value in scope.values()]:
            if value is parameter or _holds(value, parameter, seen):
                return True
    return False


def _holds(value: object, parameter: object, seen: set[int]) -> bool:
    stack = [value]
    while stack:
        held = getattr(stack.pop(), "__dict__", None)
        if not isinstance(held, dict) or "_modules" not in held or id(held) in seen:
            continue
        seen.add(id(held))
        if any(each is parameter for each in held["_parameters"].values()):
            return True
        stack += held["_modules"].values()
    return False


def look_up(expression: str, frame: FrameType) -> object | None:
    """The value of a name, a chain of attributes or constant items of one, in a frame; None where it has none.

    Nothing is called: the user's code runs as often as without the probes.
    """
    import ast

    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    try:
        found: object | None = _value(tree, frame)
        return found
    except Exception:  # whatever the user's attributes raise, here it only means that there is no such object
        return None


def _value(node: Any, frame: FrameType) -> Any:
    import ast

    match node:
        case ast.Name(id=name):
            return frame.f_locals[name] if name in frame.f_locals else frame.f_globals[name]
        case ast.Attribute(value=value, attr=name):
            owner = _value(value, frame)
            held = vars(owner) if hasattr(owner, "__dict__") else {}
            for part in ("_modules", "_parameters", "_buffers"):
                if name in (held.get(part) or {}):
                    return held[part][name]
            return held.get(name)
        case ast.Subscript(value=value, slice=ast.Constant(value=key)):
            return _value(value, frame)[key]
        case ast.Subscript(value=value, slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as key))):
            return _value(value, frame)[-key]
    raise LookupError
