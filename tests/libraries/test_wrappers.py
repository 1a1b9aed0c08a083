"""The facts about wrappers, in-place layers and finetuning callbacks, against the installed libraries."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from freezelint.libraries.frameworks import finetuning_callback
from freezelint.libraries.trees import layer_fact
from freezelint.libraries.wrappers import ADAPTER, ARGUMENTS

torch = pytest.importorskip("torch")


def positional(cls: Any) -> tuple[str, ...]:
    return tuple(inspect.signature(cls.__init__).parameters)[2:]


def test_arguments_of_ddp() -> None:
    known = positional(torch.nn.parallel.DistributedDataParallel)
    assert known[: len(ARGUMENTS["ddp"])] == ARGUMENTS["ddp"]


def test_arguments_of_fsdp() -> None:
    fsdp = pytest.importorskip("torch.distributed.fsdp")
    known = positional(fsdp.FullyShardedDataParallel)
    assert known[: len(ARGUMENTS["fsdp"])] == ARGUMENTS["fsdp"]


@pytest.mark.parametrize("name", ["Embedding", "EmbeddingBag"])
def test_max_norm_rescales_a_frozen_weight_in_eval_mode(name: str) -> None:
    fact = layer_fact(f"torch.nn.{name}")
    assert fact is not None
    table = getattr(torch.nn, name)(4, 8, **{fact.max_norm_argument: 0.1}).requires_grad_(False).eval()
    before = table.weight.clone()
    table(torch.tensor([[0, 1, 2, 3]]))
    assert not torch.equal(before, table.weight)


def test_average_is_a_copy_whose_statistics_are_estimated() -> None:
    swa = pytest.importorskip("torch.optim.swa_utils")
    net = torch.nn.Sequential(torch.nn.BatchNorm1d(3)).requires_grad_(False).eval()
    average = swa.AveragedModel(net)
    swa.update_bn([torch.randn(8, 3) + 5], average)
    assert average.module[0].running_mean.min() > 3
    assert not net[0].running_mean.any()


def adapted() -> tuple[Any, Any]:
    pytest.importorskip("tests.support.torchvision_shim")
    peft = pytest.importorskip("peft")
    net = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 2))
    return peft, peft.get_peft_model(net, peft.LoraConfig(r=2, target_modules=["0"]))


def trainable(model: Any) -> list[str]:
    return [name for name, parameter in model.named_parameters() if parameter.requires_grad]


def test_adapters_stand_in_the_base_model() -> None:
    _, model = adapted()
    package, _, name = ADAPTER.rpartition(".")
    tuner = getattr(pytest.importorskip(f"{package}.tuners_utils"), name)
    assert isinstance(model.get_base_model()[0], tuner)
    assert len(trainable(model)) == 2
    model.get_base_model().requires_grad_(False)
    assert not trainable(model)


def test_preparing_freezes_adapters_too() -> None:
    peft, model = adapted()
    prepared = peft.prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
    assert prepared is model and not trainable(model)


@pytest.mark.parametrize("told", [None, True, False])
def test_finetuning_leaves_batch_norm_trainable(told: bool | None) -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    callbacks = pytest.importorskip("lightning.pytorch.callbacks")
    net = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.BatchNorm1d(4))
    callbacks.BaseFinetuning.freeze(net, **({} if told is None else {"train_bn": told}))
    assert trainable(net) == ([] if told is False else ["1.weight", "1.bias"])
    assert net[1].track_running_stats is (told is not False)


def test_backbone_finetuning_ignores_its_option_when_it_freezes() -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    callbacks = pytest.importorskip("lightning.pytorch.callbacks")
    holder = torch.nn.Module()
    holder.backbone = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.BatchNorm1d(4))
    callbacks.BackboneFinetuning(train_bn=False).freeze_before_training(holder)
    assert trainable(holder) == ["backbone.1.weight", "backbone.1.bias"]


def test_names_of_the_callbacks() -> None:
    assert finetuning_callback("lightning.pytorch.callbacks.BackboneFinetuning") == "BackboneFinetuning"
    assert finetuning_callback("project.callbacks.BaseFinetuning") == ""
