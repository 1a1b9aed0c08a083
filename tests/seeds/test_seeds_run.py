"""The programs of the tutorials are real: each runs, and its tensors show what its marks say."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))


def run(path: Path) -> dict[str, Any]:
    torch.manual_seed(0)
    if "torchvision" in path.read_text(encoding="utf-8"):
        pytest.importorskip("tests.support.torchvision_shim")
        pytest.importorskip("torchvision")
    return runpy.run_path(str(path))


def flags(module: Any) -> set[bool]:
    return {parameter.requires_grad for parameter in module.parameters()}


def holds(optimizer: Any, module: Any) -> bool:
    held = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    return {id(parameter) for parameter in module.parameters()} <= held


def gradients(module: Any) -> bool:
    return any(parameter.grad is not None for parameter in module.parameters())


def random(module: Any, *shape: int) -> bool:
    inputs = torch.randn(*shape)
    return not torch.equal(module(inputs), module(inputs))


def steps_of(norm: Any) -> int:
    return int(norm.num_batches_tracked)


def pretrained(made: dict[str, Any]) -> bool:
    trunk = made["net"].trunk
    return flags(trunk) == {False} and holds(made["optimizer"], trunk) and random(trunk.train(), 1, 3, 64, 64)


def finetuned(made: dict[str, Any]) -> bool:
    batch = [(torch.randn(1, 3, 64, 64), torch.tensor([1]))]
    trunk = made["finetune"](batch, batch).trunk
    return flags(trunk) == {False} and random(trunk.train(), 1, 3, 64, 64)


def overmatched(made: dict[str, Any]) -> bool:
    return not made["resnet"].conv1.weight.requires_grad and not made["resnet"].layer4[0].conv1.weight.requires_grad


Check = Callable[[dict[str, Any]], bool]
CHECKS: dict[str, Check] = {
    "eval_never_undone": lambda made: steps_of(made["net"][1]) == 2,
    "everything_trains": lambda made: flags(made["net"]) == {True},
    "first_layers_by_number": lambda made: [flags(layer) for layer in made["net"]] == [{False}] * 4 + [{True}] * 2,
    "flag_on_the_module": lambda made: flags(made["net"]) == {True} and gradients(made["net"][0]),
    "forgotten_flag": lambda made: gradients(made["net"][0]),
    "forward_under_no_grad": lambda made: (
        flags(made["net"].stem) == {True} and holds(made["optimizer"], made["net"]) and not gradients(made["net"].stem)
    ),
    "frozen_norm_in_eval_mode": lambda made: steps_of(made["net"].norm) == 0,
    "frozen_norm_in_train_mode": lambda made: steps_of(made["net"].norm) == 3 and flags(made["net"].norm) == {False},
    "gradual_unfreezing": lambda made: flags(made["net"]) == {True} and not holds(made["optimizer"], made["net"]),
    "gradual_unfreezing_added": lambda made: flags(made["net"]) == {True} and holds(made["optimizer"], made["net"]),
    "last_layer_unfrozen": lambda made: steps_of(made["resnet"].bn1) == 1 and flags(made["resnet"].bn1) == {False},
    "momentum_after_late_freeze": lambda made: torch.equal(made["kept"], made["net"][0].weight),
    "momentum_with_kept_gradients": lambda made: not torch.equal(made["kept"], made["net"][0].weight),
    "name_substring": lambda made: flags(made["net"].conv2) == {False} and flags(made["net"].fc) == {True},
    "name_substring_overmatches": overmatched,
    "nested_encoder": lambda made: flags(made["net"].encoder) == {False} and gradients(made["net"].decoder),
    "nested_module": lambda made: flags(made["net"].inner) == {False} and flags(made["net"].score) == {True},
    "new_head": lambda made: flags(made["resnet"].fc) == {True} and flags(made["resnet"].layer1) == {False},
    "new_head_trained": lambda made: steps_of(made["resnet"].bn1) == 2 and flags(made["resnet"].bn1) == {False},
    "optimizer_of_all": lambda made: holds(made["optimizer"], made["net"]) and not gradients(made["net"][0]),
    "pretrained_in_a_function": finetuned,
    "pretrained_in_a_net": pretrained,
    "submodule_then_filter": lambda made: not holds(made["optimizer"], made["net"].stem),
    "train_in_every_epoch": lambda made: steps_of(made["net"][1]) == 6,
}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path: Path) -> None:
    raises = re.search(r"^raises: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if raises is None:
        assert CHECKS[path.stem](run(path))
        return
    assert path.stem not in CHECKS
    with pytest.raises({"RuntimeError": RuntimeError, "TypeError": TypeError}[raises[1]]):
        run(path)
