"""What frameworks do to modes, flags and optimizers, tried with the installed ones: what the analysis rests on
(`libraries/frameworks.py`, `analysis/lifecycles.py`, `analysis/wrappers.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

# timm, peft and lightning import torchvision, whose operators a CPU build lacks.
from tests.support import torchvision_shim  # noqa: E402, F401


def backbone() -> Any:
    return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.5))


def test_lightning_keeps_the_modes_of_parts_through_a_fit() -> None:
    import lightning

    seen: list[tuple[bool, bool]] = []

    class Net(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.backbone = backbone()
            self.head = nn.Linear(8, 2)
            self.backbone.eval()

        def training_step(self, batch: Any, index: int) -> Any:
            seen.append((self.backbone.training, self.head.training))
            return self.head(self.backbone(batch[0])).sum()

        def validation_step(self, batch: Any, index: int) -> None:
            pass

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.01)

    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(4, 4)), batch_size=2)
    trainer = lightning.Trainer(
        max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
        accelerator="cpu",
    )  # fmt: skip
    trainer.fit(Net(), data, data)
    assert seen == [(False, True)] * 4


def test_the_trainer_of_transformers_takes_what_requires_grad_and_calls_train_at_each_step(tmp_path: Path) -> None:
    from transformers import Trainer, TrainingArguments

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.backbone = backbone()
            self.head = nn.Linear(8, 2)
            self.seen: list[bool] = []

        def forward(self, x: Any, labels: Any = None) -> Any:
            self.seen.append(self.backbone.training)
            return {"loss": self.head(self.backbone(x)).sum()}

    net = Net()
    net.backbone.requires_grad_(False)
    net.backbone.eval()
    data = [{"x": torch.randn(4), "labels": 0} for _ in range(4)]
    arguments = TrainingArguments(
        output_dir=str(tmp_path), max_steps=2, per_device_train_batch_size=2, report_to=[], use_cpu=True,
        save_strategy="no", disable_tqdm=True, logging_strategy="no",
    )  # fmt: skip
    trainer = Trainer(model=net, args=arguments, train_dataset=data)
    trainer.train()
    held = {id(p) for group in trainer.optimizer.param_groups for p in group["params"]}
    assert held == {id(p) for p in net.head.parameters()}
    assert net.seen == [True, True]


def test_get_peft_model_freezes_the_base_and_trains_the_adapters() -> None:
    from peft import LoraConfig, get_peft_model

    net = nn.Sequential()
    net.add_module("first", nn.Linear(4, 4))
    model = get_peft_model(net, LoraConfig(target_modules=["first"], r=2))
    flags = {name: p.requires_grad for name, p in model.named_parameters()}
    assert {name for name, flag in flags.items() if flag} == {name for name in flags if "lora_" in name}
    assert any("lora_" in name for name in flags)


def test_freeze_of_timm_swaps_the_batch_norms_and_unfreeze_makes_new_parameters() -> None:
    import timm
    from timm.utils import freeze, unfreeze

    model = timm.create_model("test_resnet", pretrained=False)
    before = {id(p) for p in model.parameters()}
    freeze(model)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in model.modules())
    assert not any(p.requires_grad for p in model.parameters())
    unfreeze(model)
    assert all(p.requires_grad for p in model.parameters())
    assert {id(p) for p in model.parameters()} - before, (
        "else an optimizer that was built before would hold what trains"
    )


def test_an_embedding_from_weights_is_frozen() -> None:
    assert not nn.Embedding.from_pretrained(torch.randn(3, 2)).weight.requires_grad
    assert nn.Embedding.from_pretrained(torch.randn(3, 2), freeze=False).weight.requires_grad


@pytest.mark.parametrize(("name", "holds"), [("resnet18", True), ("vit_b_16", False), ("convnext_tiny", False)])
def test_which_models_of_torchvision_hold_batch_norm(name: str, holds: bool) -> None:
    from torchvision import models

    from freezelint.libraries.trees import tree_of

    model = models.get_model(name, weights=None)
    assert any(isinstance(module, nn.BatchNorm2d) for module in model.modules()) is holds
    tree = tree_of(f"torchvision.models.{name}")
    assert tree is not None and tree.holds_norm is holds
