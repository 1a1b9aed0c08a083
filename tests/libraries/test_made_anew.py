"""What the libraries' functions make of flags is what the facts about them say: tried against those installed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from freezelint.libraries.facts import Effect, effect_of
from freezelint.libraries.reparametrizations import MAKES, UNDOES

torch = pytest.importorskip("torch")
nn = torch.nn


def _flags(module: Any) -> dict[str, bool]:
    return {name: parameter.requires_grad for name, parameter in module.named_parameters()}


def _normed(layer: Any) -> Any:
    return nn.utils.weight_norm(layer).requires_grad_(False)


def _spectral(layer: Any) -> Any:
    return nn.utils.spectral_norm(layer).requires_grad_(False)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "prepare"),
    [("weight_norm", None), ("remove_weight_norm", _normed), ("remove_spectral_norm", _spectral)],
)
def test_remade_parameters_require_grad(name: str, prepare: Callable[[Any], Any] | None) -> None:
    layer = nn.Linear(3, 3).requires_grad_(False)
    layer = prepare(layer) if prepare is not None else layer
    assert set(_flags(layer).values()) == {False}
    assert getattr(nn.utils, name)(layer) is layer
    full = f"torch.nn.utils.{name}"
    assert not (MAKES[full].keeps if full in MAKES else UNDOES[full])
    flags = _flags(layer)
    assert not flags.pop("bias")
    assert set(flags.values()) == {True}


@pytest.mark.filterwarnings("ignore")
def test_spectral_norm_and_parametrizations_keep_the_flag() -> None:
    for name in ("spectral_norm", "parametrizations.weight_norm", "parametrizations.spectral_norm"):
        layer = nn.Linear(3, 3).requires_grad_(False)
        function = nn.utils
        for part in name.split("."):
            function = getattr(function, part)
        assert set(_flags(function(layer)).values()) == {False}
        assert MAKES[f"torch.nn.utils.{name}"].keeps


@pytest.mark.parametrize("cls", [nn.Embedding, nn.EmbeddingBag])
def test_embeddings_are_frozen_by_default(cls: Any) -> None:
    table = torch.randn(3, 2)
    assert not cls.from_pretrained(table).weight.requires_grad
    assert cls.from_pretrained(table, False).weight.requires_grad
    assert cls.from_pretrained(table, freeze=False).weight.requires_grad
    assert effect_of(f"torch.nn.{cls.__name__}.from_pretrained") is Effect.EMBEDDING


def test_loaded_adapters_are_frozen_by_default(tmp_path: Any) -> None:
    import tests.support.torchvision_shim  # noqa: F401  (before peft, which imports torchvision)

    peft = pytest.importorskip("peft")
    config = peft.LoraConfig(target_modules=["0"], r=1)
    peft.get_peft_model(nn.Sequential(nn.Linear(2, 2)), config).save_pretrained(tmp_path)
    for arguments, wanted in (({}, {False}), ({"is_trainable": True}, {False, True})):
        model = peft.PeftModel.from_pretrained(nn.Sequential(nn.Linear(2, 2)), str(tmp_path), **arguments)
        assert set(_flags(model).values()) == wanted
    assert list(__import__("inspect").signature(peft.PeftModel.from_pretrained).parameters)[3] == "is_trainable"
    assert effect_of("peft.PeftModel.from_pretrained") is Effect.PEFT_LOADED
