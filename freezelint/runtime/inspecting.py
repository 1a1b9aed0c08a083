"""Looks at a real model: which of its modules are trainable, in which mode, and which optimizer group holds them."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect as inspecting
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.pictures import Grads, Group, Inspection, Layer, Mode

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer

Shape = tuple[int, ...]


class CannotInspect(Exception):
    """There is nothing to inspect: the message says what is missing or what came instead."""


def inspect_target(target: str, inputs: Sequence[Shape] = ()) -> Inspection:
    """Build the model that `pkg.mod:factory` or `file.py:factory` makes, and look at it.

    The factory takes no arguments and returns a module, or a tuple of a module and an optimizer; a module or a class of
    modules will do as well. With `inputs`, shapes of float tensors, a forward is run in eval mode for the shapes that
    each module returns. Raises `CannotInspect`, and whatever the user's code raises.
    """
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise CannotInspect("torch is needed to build a model: install freezelint[runtime]") from error
    # What the program prints is not the picture.
    with contextlib.redirect_stdout(sys.stderr):
        model, optimizer = _built(target)
        return inspect_model(model, optimizer, label=target.partition(":")[2], inputs=inputs)


def inspect_model(
    model: nn.Module, optimizer: Optimizer | None = None, *, label: str = "model", inputs: Sequence[Shape] = ()
) -> Inspection:
    """Look at a model as it is now. With `inputs` a forward is run in eval mode and without gradients; the
    modes are put back."""
    groups = _groups_of(optimizer)
    shapes = _shapes(model, inputs) if inputs else {}
    layer = _Look(groups, shapes).layer(model, label)
    return Inspection(
        label=label,
        model=layer,
        optimizer="" if optimizer is None else type(optimizer).__name__,
        groups=() if optimizer is None else tuple(_described(optimizer, model)),
        missed=_missed(model, groups) if optimizer is not None else (),
    )


# --- building ---------------------------------------------------------------------------------------------------------


def _built(target: str) -> tuple[nn.Module, Optimizer | None]:
    from torch import nn
    from torch.optim import Optimizer

    place, _, path = target.partition(":")
    if not path:
        raise CannotInspect(f"{target} names no factory: write module:function, or file.py:function")
    found: Any = _loaded(place)
    for part in path.split("."):
        if not hasattr(found, part):
            raise CannotInspect(f"{place} has no {path}")
        found = getattr(found, part)
    if not isinstance(found, nn.Module):
        if not callable(found):
            raise CannotInspect(f"{target} is neither a function nor a module but of type {type(found).__name__}")
        _refuse_arguments(found, target)
        found = found()
    items = found if isinstance(found, (tuple, list)) else (found,)
    model = next((each for each in items if isinstance(each, nn.Module)), None)
    if model is None:
        raise CannotInspect(f"{target} returns no module but {_kinds(items)}")
    return model, next((each for each in items if isinstance(each, Optimizer)), None)


def _kinds(items: Sequence[object]) -> str:
    return ", ".join(type(each).__name__ for each in items) or "an empty tuple"


def _refuse_arguments(factory: Any, target: str) -> None:
    try:
        parameters = inspecting.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return
    optional = (inspecting.Parameter.VAR_POSITIONAL, inspecting.Parameter.VAR_KEYWORD)
    needed = [each.name for each in parameters if each.default is each.empty and each.kind not in optional]
    if needed:
        raise CannotInspect(
            f"{target} needs arguments ({', '.join(needed)}): name a function without any, such as a lambda around it"
        )


def _loaded(place: str) -> ModuleType:
    if place.endswith(".py"):
        path = os.path.abspath(place)
        if not os.path.isfile(path):
            raise CannotInspect(f"there is no file {place}")
        sys.path.insert(0, os.path.dirname(path))
        name = os.path.basename(path)[:-3]
    else:
        sys.path.insert(0, os.getcwd())
        name = place
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        raise CannotInspect(f"there is no module named {name}")
    return importlib.import_module(name)


# --- looking ----------------------------------------------------------------------------------------------------------


class _Look:
    """Makes layers of modules. `groups` are the groups of each parameter, `shapes` what each forward returned."""

    def __init__(self, groups: Mapping[int, tuple[int, ...]], shapes: Mapping[int, str]) -> None:
        self._groups = groups
        self._shapes = shapes
        self._seen: set[int] = set()

    def layer(self, module: nn.Module, name: str) -> Layer:
        """The module and what lies below it."""
        shared = id(module) in self._seen
        self._seen.add(id(module))
        parameters = list(module.parameters())
        flags = {parameter.requires_grad for parameter in parameters}
        modes = {each.training for each in module.modules()}
        held = {group for parameter in parameters for group in self._groups.get(id(parameter), ())}
        children = () if shared else tuple(_collapsed(self._children(module)))
        return Layer(
            names=(name,),
            cls=type(module).__name__,
            grads=Grads.NONE if not flags else _GRADS[flags.pop()] if len(flags) == 1 else Grads.MIXED,
            mode=_MODES[modes.pop()] if len(modes) == 1 else Mode.MIXED,
            parameters=sum(_size(each) for each in parameters),
            trainable=sum(_size(each) for each in parameters if each.requires_grad),
            buffers=sum(_size(each) for each in module.buffers()),
            groups=tuple(sorted(held)),
            shape=self._shapes.get(id(module), ""),
            shared=shared,
            children=children,
        )

    def _children(self, module: nn.Module) -> Iterator[Layer]:
        own = [(name, each) for name, each in module.named_parameters(recurse=False)]
        below = [(name, each) for name, each in module._modules.items() if each is not None]
        # What a module without others has of its own is the module; beside others it is told apart.
        if below:
            yield from (self._parameter(name, each) for name, each in own)
        yield from (self.layer(each, name) for name, each in below)

    def _parameter(self, name: str, parameter: Tensor) -> Layer:
        size = _size(parameter)
        return Layer(
            names=(name,), cls=type(parameter).__name__, grads=_GRADS[parameter.requires_grad], mode=Mode.UNKNOWN,
            parameters=size, trainable=size if parameter.requires_grad else 0, buffers=0,
            groups=self._groups.get(id(parameter), ()),
        )  # fmt: skip


_GRADS = {True: Grads.TRAINABLE, False: Grads.FROZEN}
_MODES = {True: Mode.TRAIN, False: Mode.EVAL}


def _size(tensor: Tensor) -> int:
    """The number of elements; 0 of a parameter that has no shape yet."""
    from torch.nn.parameter import is_lazy

    return 0 if is_lazy(tensor) else int(tensor.numel())


def _collapsed(layers: Iterator[Layer]) -> Iterator[Layer]:
    """The layers, neighbours that are alike in all but their names as one."""
    last: Layer | None = None
    for layer in layers:
        if last is not None and _alike(last, layer):
            last = msgspec.structs.replace(last, names=(*last.names, *layer.names))
            continue
        if last is not None:
            yield last
        last = layer
    if last is not None:
        yield last


def _alike(one: Layer, other: Layer) -> bool:
    return msgspec.structs.replace(one, names=()) == msgspec.structs.replace(other, names=())


# --- optimizers -------------------------------------------------------------------------------------------------------


def _groups_of(optimizer: Optimizer | None) -> dict[int, tuple[int, ...]]:
    """The numbers of the groups that hold each parameter."""
    found: dict[int, tuple[int, ...]] = {}
    for number, group in enumerate(optimizer.param_groups if optimizer is not None else ()):
        for parameter in group["params"]:
            found[id(parameter)] = (*found.get(id(parameter), ()), number)
    return found


def _described(optimizer: Optimizer, model: nn.Module) -> Iterator[Group]:
    own = {id(parameter) for parameter in model.parameters()}
    for group in optimizer.param_groups:
        parameters = group["params"]
        options = [f"{name}={group[name]:g}" for name in ("lr", "weight_decay", "momentum") if _is_number(group, name)]
        yield Group(
            options=", ".join(options),
            parameters=sum(_size(each) for each in parameters),
            frozen=sum(_size(each) for each in parameters if not each.requires_grad),
            elsewhere=sum(_size(each) for each in parameters if id(each) not in own),
        )


def _is_number(group: Mapping[str, object], name: str) -> bool:
    value = group.get(name)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _missed(model: nn.Module, groups: Mapping[int, tuple[int, ...]]) -> tuple[str, ...]:
    return tuple(name for name, each in model.named_parameters() if each.requires_grad and id(each) not in groups)


# --- shapes -----------------------------------------------------------------------------------------------------------


def _shapes(model: nn.Module, inputs: Sequence[Shape]) -> dict[int, str]:
    """What the forward of each module returns, from one forward of the model on noise."""
    import torch

    found: dict[int, str] = {}

    def keep(module: nn.Module, arguments: object, output: object) -> None:
        found.setdefault(id(module), _shape_of(output))

    modes = [(module, module.training) for module in model.modules()]
    hooks = [module.register_forward_hook(keep) for module in model.modules()]
    try:
        for module, _ in modes:
            # Not eval(), which the user may have overridden.
            module.training = False
        with torch.no_grad():
            model(*(torch.randn(shape) for shape in inputs))
    except Exception as error:
        given = ", ".join("x".join(map(str, shape)) for shape in inputs)
        raise CannotInspect(f"the forward on {given} failed: {type(error).__name__}: {error}") from error
    finally:
        for hook in hooks:
            hook.remove()
        for module, mode in modes:
            module.training = mode
    return found


def _shape_of(output: object) -> str:
    shape = getattr(output, "shape", None)
    if shape is not None:
        return "x".join(str(size) for size in shape)
    if isinstance(output, (tuple, list)):
        return ", ".join(filter(None, (_shape_of(each) for each in output)))
    if isinstance(output, Mapping):
        return ", ".join(f"{name}: {shape}" for name, each in output.items() if (shape := _shape_of(each)))
    return ""
