"""The probes: where torch is asked to tell a recorder what happens.

Each probe first does, or lets torch do, exactly what would have happened, and stays out of the way while torch traces a
program (compile, export). An error within the recorder ends the recording, never the program.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from freezelint.runtime.recorder import Recorder

_WRAPPERS = {
    "DistributedDataParallel": ("module", "ddp"),
    "DataParallel": ("module", "dp"),
    "FullyShardedDataParallel": ("_fsdp_wrapped_module", "fsdp"),
    "OptimizedModule": ("_orig_mod", "compile"),
}


class Probes:
    """All probes on torch, between `install` and `remove`. `stepped` is called after each optimizer step."""

    def __init__(self, recorder: Recorder, stepped: Callable[[Any], None] | None = None) -> None:
        self.recorder = recorder
        self.stepped = stepped
        self.active = True
        self._close_up = True
        self._calls: tuple[Any, Any, Any] | None = None
        self.failure: BaseException | None = None
        self._undo: list[Callable[[], None]] = []
        self._thread = threading.get_ident()
        self._inside = 0
        self._ran: list[tuple[Any, bool, bool]] | None = None
        self._off: dict[int, None] = {}
        """The modules that were told of since they run without gradients."""
        self._in_train = 0
        self._busy = False

    # --- coming and going ---------------------------------------------------------------------------------------------

    def install(self) -> None:
        """Put all probes in place; nothing where they are."""
        if self._undo:
            return
        import torch
        from torch.optim.optimizer import (
            Optimizer,
            register_optimizer_step_post_hook,
            register_optimizer_step_pre_hook,
        )

        self._compiling = torch.compiler.is_compiling
        self._flag_probes(torch)
        self._module_probes(torch)
        self._replace(Optimizer, "add_param_group", self._group_probe(Optimizer))
        self._replace(Optimizer, "zero_grad", self._zero_probe(Optimizer.zero_grad))
        self._replace(torch.Tensor, "backward", self._backward_probe(torch.Tensor.backward))
        before = register_optimizer_step_pre_hook(self._step_begins)
        after = register_optimizer_step_post_hook(self._step_ends)
        self._undo += [before.remove, after.remove]

    @property
    def close_up(self) -> bool:
        """Whether forwards and steps are looked at; flags, modes and optimizers always are."""
        return self._close_up

    @close_up.setter
    def close_up(self, value: bool) -> None:
        if value != self._close_up and self._calls is not None:
            module_type, plain, probe = self._calls
            # Each call of each layer would go through the probe, which costs more than all else that is left.
            if module_type.__call__ in (plain, probe):
                module_type.__call__ = probe if value else plain
        self._close_up = value

    def remove(self) -> None:
        """Take all probes away again."""
        while self._undo:
            self._undo.pop()()
        self._calls = None

    def here_after_fork(self) -> None:
        """Go on in a forked process, in which only the current thread is left."""
        self._thread = threading.get_ident()

    def _replace(self, owner: Any, name: str, value: object) -> None:
        missing = object()
        old = vars(owner).get(name, missing)
        setattr(owner, name, value)
        self._undo.append(lambda: delattr(owner, name) if old is missing else setattr(owner, name, old))

    def _on(self) -> bool:
        return (
            self.active and not self._busy and self.failure is None
            and threading.get_ident() == self._thread and not self._compiling()
        )  # fmt: skip

    def tell(self, what: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Let the recorder note something; its errors end the recording only."""
        self._busy = True
        try:
            return what(*args, **kwargs)
        except Exception as error:
            self.failure = self.failure or error
            return None
        finally:
            self._busy = False

    # --- flags --------------------------------------------------------------------------------------------------------

    def _flag_probes(self, torch: Any) -> None:
        descriptor = torch._C.TensorBase.requires_grad
        read, write = descriptor.__get__, descriptor.__set__
        parameter_type = torch.nn.Parameter
        probes = self

        def set_flag(tensor: Any, value: bool) -> None:
            if not probes._on():
                write(tensor, value)
                return
            old = read(tensor)
            write(tensor, value)
            probes._flag(tensor, old, read(tensor), "assign", parameter_type)

        method = torch.Tensor.requires_grad_

        @functools.wraps(method)
        def requires_grad_(tensor: Any, *args: Any, **kwargs: Any) -> Any:
            if not probes._on():
                return method(tensor, *args, **kwargs)
            old = read(tensor)
            result = method(tensor, *args, **kwargs)
            probes._flag(tensor, old, read(tensor), "method", parameter_type)
            return result

        self._replace(torch.Tensor, "requires_grad", property(read, set_flag, doc=descriptor.__doc__))
        self._replace(torch.Tensor, "requires_grad_", requires_grad_)

    def _flag(self, tensor: Any, old: bool, new: bool, how: str, parameter_type: type) -> None:
        if isinstance(tensor, parameter_type):
            self.tell(self.recorder.flags.written, tensor, old, new, how)
        elif not old:
            self.tell(self.recorder.flags.forced, tensor, new, how)

    # --- modules ------------------------------------------------------------------------------------------------------

    def _module_probes(self, torch: Any) -> None:
        module_type = torch.nn.Module
        self._replace(module_type, "__setattr__", self._setattr_probe(module_type, module_type.__setattr__))
        self._replace(module_type, "train", self._train_probe(module_type.train))
        plain, call = module_type.__call__, self._call_probe(module_type.__call__, torch.is_grad_enabled)
        self._replace(module_type, "__call__", call if self._close_up else plain)
        self._calls = module_type, plain, call
        self._replace(module_type, "zero_grad", self._zero_probe(module_type.zero_grad))
        self._replace(module_type, "named_parameters", self._parameters_probe(module_type.named_parameters))
        self._replace(module_type, "named_modules", self._modules_probe(module_type.named_modules))

    def _setattr_probe(self, module_type: type, original: Callable[..., None]) -> Callable[..., None]:
        probes = self

        def __setattr__(module: Any, name: str, value: Any) -> None:
            if name == "training":
                original(module, name, value)
                if not probes._in_train and probes._on():
                    probes.tell(probes.recorder.modes.written, module, value)
                return
            if isinstance(value, module_type):
                known = module.__dict__.get("_modules")
                old = known.get(name) if known else None
                noted = False
                if old is not None and old is not value and probes._on():
                    noted = probes.tell(probes.recorder.structure.child_set, module, old)
                original(module, name, value)
                if noted:
                    probes.tell(probes.recorder.structure.child_replaced, module)
                elif probes._on():
                    probes._wrapping(module, name, value)
                return
            new = _is_flag(value, name, module_type) and name not in module.__dict__
            original(module, name, value)
            if new and name in module.__dict__ and probes._on():
                probes.tell(probes.recorder.structure.attribute_set, module, name, value)

        return __setattr__

    def _parameters_probe(self, original: Callable[..., Any]) -> Callable[..., Any]:
        probes = self

        @functools.wraps(original)
        def named_parameters(module: Any, *args: Any, **kwargs: Any) -> Any:
            if probes._on():
                structure = probes.recorder.structure
                probes.tell(structure.asked_for_parameters, module)
                if structure.wants_names(sys._getframe(1)):
                    names = tuple(name for name, _ in original(module, *args, **kwargs))
                    probes.tell(structure.went_over, "parameters", names)
            return original(module, *args, **kwargs)

        return named_parameters

    def _modules_probe(self, original: Callable[..., Any]) -> Callable[..., Any]:
        probes = self

        @functools.wraps(original)
        def named_modules(module: Any, memo: Any = None, *args: Any, **kwargs: Any) -> Any:
            if memo is None and probes._on():
                structure = probes.recorder.structure
                probes.tell(structure.asked_for_modules, module)
                if structure.wants_names(sys._getframe(1)):
                    names = tuple(name for name, _ in original(module, memo, *args, **kwargs) if name)
                    probes.tell(structure.went_over, "modules", names)
            return original(module, memo, *args, **kwargs)

        return named_modules

    def _wrapping(self, module: Any, name: str, value: Any) -> None:
        cls = type(module)
        attribute, kind = _WRAPPERS.get(cls.__name__, ("", ""))
        if cls.__module__.startswith("peft.") and name == "base_model" and cls.__name__.startswith("Peft"):
            attribute, kind = name, "peft"
        if name == attribute:
            self.tell(self.recorder.structure.wrapped, module, value, kind)

    def _train_probe(self, original: Callable[..., Any]) -> Callable[..., Any]:
        probes = self
        own = original.__code__

        @functools.wraps(original)
        def train(module: Any, mode: bool = True) -> Any:
            caller = sys._getframe(1).f_code
            if (probes._in_train and caller is own) or not probes._on():
                return original(module, mode)
            probes.tell(probes.recorder.modes.called, module, mode)
            probes._in_train += 1
            try:
                return original(module, mode)
            finally:
                probes._in_train -= 1
                if not probes._in_train:
                    probes.tell(probes.recorder.modes.settle, module)

        return train

    def _call_probe(self, original: Callable[..., Any], grad_enabled: Callable[[], bool]) -> Callable[..., Any]:
        probes = self

        def __call__(module: Any, *args: Any, **kwargs: Any) -> Any:
            ran = probes._ran
            if ran is not None:
                if not probes._compiling() and threading.get_ident() == probes._thread:
                    grad = grad_enabled()
                    ran.append((module, getattr(module, "training", False), grad))
                    if not grad and not probes._busy and id(module) not in probes._off:
                        probes._off[id(module)] = None
                        probes.tell(probes.recorder.cuts.without_gradients, module)
                    if id(module) in probes.recorder.measures.twice.wanted and not probes._busy:
                        return probes._run_twice(module, original, args, kwargs)
                return original(module, *args, **kwargs)
            if not probes.close_up or not probes._on():
                return original(module, *args, **kwargs)
            grad = grad_enabled()
            probes.tell(probes.recorder.forward, module, grad)
            probes._ran = [(module, getattr(module, "training", False), grad)]
            try:
                return original(module, *args, **kwargs)
            except Exception as error:
                probes.tell(probes.recorder.raised, "forward", error)
                raise
            finally:
                ran, probes._ran = probes._ran, None
                probes.tell(probes.recorder.forward_ended, ran)

        return __call__

    def _run_twice(self, module: Any, original: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """A layer whose output may be random: an error of its own is the program's, one of the second run is not."""
        results: list[Any] = []

        def call(*given: Any, **named: Any) -> Any:
            results.append(original(*given, **named))
            return results[0]

        self._busy = True
        try:
            return self.recorder.measures.twice.run(module, call, args, kwargs)
        except Exception as error:
            if not results:
                raise
            self.failure = self.failure or error
            return results[0]
        finally:
            self._busy = False

    # --- optimizers ---------------------------------------------------------------------------------------------------

    def _group_probe(self, optimizer_type: Any) -> Callable[..., None]:
        probes = self
        original, building = optimizer_type.add_param_group, optimizer_type.__init__.__code__

        @functools.wraps(original)
        def add_param_group(optimizer: Any, param_group: Any) -> None:
            original(optimizer, param_group)
            if probes._on():
                frame, within = sys._getframe(1), False
                for _ in range(4):  # a subclass may come between
                    within = within or frame.f_code is building
                    if frame.f_back is None:
                        break
                    frame = frame.f_back
                probes.tell(probes.recorder.memberships.group_added, optimizer, building=within)

        return add_param_group

    def _zero_probe(self, original: Callable[..., Any]) -> Callable[..., Any]:
        probes = self

        @functools.wraps(original)
        def zero_grad(target: Any, set_to_none: bool = True) -> Any:
            result = original(target, set_to_none)
            if probes.close_up and probes._on():
                probes.tell(probes.recorder.memberships.zero_grad, target, bool(set_to_none))
            return result

        return zero_grad

    def _backward_probe(self, original: Callable[..., Any]) -> Callable[..., Any]:
        probes = self

        @functools.wraps(original)
        def backward(tensor: Any, *args: Any, **kwargs: Any) -> Any:
            if not probes.close_up or not probes._on():
                return original(tensor, *args, **kwargs)
            probes.tell(probes.recorder.backward, tensor)
            try:
                return original(tensor, *args, **kwargs)
            except RuntimeError as error:
                probes.tell(probes.recorder.raised, "backward", error)
                raise

        return backward

    def _step_begins(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if self.close_up and self._on():
            self.tell(self.recorder.memberships.step_begins, optimizer)

    def _step_ends(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if self.close_up and self._on():
            self.tell(self.recorder.memberships.step_ends, optimizer)
        if self.stepped is not None and threading.get_ident() == self._thread:
            self.stepped(optimizer)


def _is_flag(value: object, name: str, module_type: type) -> bool:
    """Whether a plain attribute looks like a flag that was meant to do something."""
    return isinstance(value, bool) and ("grad" in name or callable(getattr(module_type, name, None)))
