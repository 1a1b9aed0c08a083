"""Random layers of frozen parts: how far two forwards of one and the same input differ.

The second forward runs on a copy of the input, without gradients and hooks, and leaves the generators of random numbers
as they were: the program computes what it would have computed. Only layers of torch's own are run twice, since the
forward of any other class may do more than compute; they have no state but their generator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from freezelint.runtime.models import Models

_TRIES = 3
"""How often a layer is run twice: where little is dropped, two forwards may agree by chance."""


class Twice:
    """The layers that are run twice, and what that showed. Each is asked for at the forward of its root."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._left: dict[int, int] = {}
        self.wanted: dict[int, int] = {}
        """The layers to run twice in the forward that begins: their numbers by identity."""
        self.differences: dict[int, float] = {}
        """By which share of its norm the output of a layer differed from that of the same input."""

    def look(self, layers: Iterable[int]) -> None:
        """A forward begins in which these layers run, in train mode and frozen."""
        self.wanted.clear()
        for number in layers:
            layer = self._models.live(number)
            if self.differences.get(number) or self._left.setdefault(number, _TRIES) <= 0 or layer is None:
                continue
            if _is_plain(layer):
                self.wanted[id(layer)] = number

    def run(self, layer: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What `call` makes of the layer and its arguments; a second forward follows it."""
        import torch

        number = self.wanted.pop(id(layer))
        self._left[number] -= 1
        copies = [_copy(each) for each in args], {name: _copy(each) for name, each in kwargs.items()}
        result = call(layer, *args, **kwargs)
        output = _first(result)
        if output is not None:
            devices = [output.device] if output.device.type == "cuda" else []
            with torch.no_grad(), torch.random.fork_rng(devices=devices):
                again = _first(type(layer).forward(layer, *copies[0], **copies[1]))
                self.differences[number] = _difference(output.detach(), again)
        return result


def _is_plain(layer: Any) -> bool:
    """Whether a forward of the layer is that of its class in torch, and nothing besides."""
    hooks = (layer._forward_hooks, layer._forward_pre_hooks)
    return type(layer).__module__.startswith("torch.nn.") and not any(hooks) and "forward" not in layer.__dict__


def _copy(value: Any) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    return tuple(_copy(each) for each in value) if type(value) is tuple else value


def _first(value: Any) -> Any:
    """The first floating tensor of an output."""
    import torch

    while isinstance(value, (tuple, list)) and value:
        value = value[0]
    return value if isinstance(value, torch.Tensor) and value.is_floating_point() else None


def _difference(first: Any, second: Any) -> float:
    if second is None or first.shape != second.shape:
        return 0.0
    size = float(first.float().norm())
    return float((first.float() - second.float()).norm()) / size if size else 0.0
