"""FRZ504 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

import pytest

from .programs import codes

PROGRAM = """
import lightning
import torch
from lightning.pytorch.callbacks import BaseFinetuning, BackboneFinetuning
from torch import nn

class Callback(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        FREEZE

class Net(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), LAYER)
        self.head = nn.Linear(8, 2)
    def training_step(self, batch, index):
        return self.head(self.backbone(batch)).sum()
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.1)

lightning.Trainer(callbacks=[CALLBACK]).fit(Net())
"""


def found(freeze: str = "pass", callback: str = "Callback()", layer: str = "nn.BatchNorm1d(8)") -> list[int]:
    text = PROGRAM.replace("FREEZE", freeze).replace("CALLBACK", callback).replace("LAYER", layer)
    return [line for _, line in codes(text, "FRZ504")]


@pytest.mark.parametrize("freeze", ["self.freeze(pl_module.backbone)", "BaseFinetuning.freeze([pl_module.backbone])"])
def test_batch_norm_is_left_trainable(freeze: str) -> None:
    assert found(freeze) == [9]


def test_backbone_finetuning() -> None:
    assert found(callback="BackboneFinetuning()") == [21]
    assert found(callback="BackboneFinetuning(train_bn=False)") == [21]


def test_silent_where_it_is_told() -> None:
    assert found("self.freeze(pl_module.backbone, train_bn=False)") == []
    assert found("self.freeze(pl_module.backbone, train_bn=True)") == []


def test_silent_without_batch_norm() -> None:
    assert found("self.freeze(pl_module.backbone)", layer="nn.LayerNorm(8)") == []


def test_silent_where_it_is_frozen_afterwards() -> None:
    assert found("self.freeze(pl_module.backbone); pl_module.backbone.requires_grad_(False)") == []
