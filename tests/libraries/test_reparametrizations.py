"""The facts of weight norm, parametrizations and pruning, tried with the installed torch."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from freezelint.libraries.reparametrizations import MAKES, UNDOES

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


def function(name: str) -> Any:
    """The function, by its dotted name; the name of a function may hide the module of the same name."""
    package, _, last = name.rpartition(".")
    module = importlib.import_module(package)
    return getattr(module, last)


def made(name: str, *, requires_grad: bool = True) -> Any:
    """A linear layer after the call."""
    layer = torch.nn.Linear(4, 4).requires_grad_(requires_grad)
    extra: dict[str, Any] = {}
    if "prune" in name:
        extra = {"name": "weight"}
        if name.endswith(("unstructured", "structured")):
            extra["amount"] = 0.5
        if name.endswith("_structured"):
            extra["dim"] = 0
        if name.endswith("ln_structured"):
            extra["n"] = 2
        if name.endswith("mask"):
            extra["mask"] = torch.ones(4, 4)
    elif name.endswith("register_parametrization"):
        extra = {"tensor_name": "weight", "parametrization": torch.nn.Tanh()}
    function(name)(layer, **extra)
    return layer


@pytest.mark.parametrize("name", MAKES)
def test_names_of_the_new_parameters(name: str) -> None:
    fact = MAKES[name]
    expected = {each.format("weight") for each in fact.own} | {f"parametrizations.weight.{each}" for each in fact.below}
    assert {each for each, _ in made(name).named_parameters()} == expected | {"bias"}


@pytest.mark.parametrize("name", MAKES)
def test_flags_of_the_new_parameters(name: str) -> None:
    flags = {p.requires_grad for n, p in made(name, requires_grad=False).named_parameters() if n != "bias"}
    assert flags == {not MAKES[name].keeps}


@pytest.mark.parametrize("name", MAKES)
def test_flag_of_the_weight(name: str) -> None:
    layer = made(name)
    if MAKES[name].plain:
        layer.weight.requires_grad = False
        assert {p.requires_grad for p in layer.parameters()} == {True}
        layer(torch.randn(2, 4))
    for value in (True, False):
        with pytest.raises(RuntimeError, match="leaf variables"):
            layer.weight.requires_grad = value
    with pytest.raises(RuntimeError, match="leaf variables"):
        layer.weight.requires_grad_(False)
    layer.weight.requires_grad_(True)


@pytest.mark.parametrize("value", ["False", "", None, 0, 1, 0.0])
def test_values_that_are_no_bools(value: Any) -> None:
    parameter = torch.nn.Linear(2, 2).weight
    with pytest.raises(RuntimeError, match="must be a bool"):
        parameter.requires_grad = value
    with pytest.raises(TypeError, match="must be bool"):
        parameter.requires_grad_(value)
    with pytest.raises(TypeError, match="must be bool"):
        torch.nn.Linear(2, 2).requires_grad_(value)
    with pytest.raises(TypeError, match="must be bool"):
        torch.nn.Parameter(torch.ones(2), requires_grad=value)


def test_undoing() -> None:
    pairs = {
        "torch.nn.utils.remove_weight_norm": "torch.nn.utils.weight_norm",
        "torch.nn.utils.remove_spectral_norm": "torch.nn.utils.spectral_norm",
        "torch.nn.utils.parametrize.remove_parametrizations": "torch.nn.utils.parametrizations.orthogonal",
        "torch.nn.utils.prune.remove": "torch.nn.utils.prune.l1_unstructured",
    }
    assert set(pairs) <= set(UNDOES)
    for undo, make in pairs.items():
        for frozen in (False, True):
            layer = made(make)
            for name, parameter in layer.named_parameters():
                parameter.requires_grad_(not frozen or name == "bias")
            function(undo)(layer, "weight")
            assert {name for name, _ in layer.named_parameters()} == {"weight", "bias"}, undo
            assert layer.weight.requires_grad is (not frozen or not UNDOES[undo]), undo
