"""Screening says yes wherever a rule could speak."""

from __future__ import annotations

import pytest

from freezelint.source.screening import chunk_matters, mentions_training

ALONE = [
    "p.requires_grad = False", "p.require_grad = False", "p.requires_gradient = 0", "p.required_grad = 0",
    "p.requiers_grad = 0", "p.requiresGrad = 0", "p.requires_gard = 0", "p.reqires_grad = 0",
    "with torch.no_grad(): pass", "with torch.inference_mode(): pass", "torch.set_grad_enabled(False)",
    "torch.optim.SGD",
]  # fmt: skip
BESIDE_TORCH = [
    "net.freeze()", "class FreezeBackbone: pass", "FREEZE = True", "m.eval()", "m.train(False)",
    "def train(self): pass", "Optimizer", "layer.trainable = False", "model.frozen = True", "frozen_layers = 3",
]  # fmt: skip
AT_WORK = ["import torch", "loss.backward()", "for p in net.parameters(): pass", "from transformers import Trainer"]
NO = ["import os", "def training(): pass", "retrain()", "x = evaluate()", ""]


@pytest.mark.parametrize("text", [*ALONE, *BESIDE_TORCH])
def test_chunks_that_matter(text: str) -> None:
    assert chunk_matters(text)


@pytest.mark.parametrize("text", ALONE)
def test_what_matters(text: str) -> None:
    assert mentions_training(text.encode())


@pytest.mark.parametrize("work", AT_WORK)
@pytest.mark.parametrize("text", BESIDE_TORCH)
def test_words_of_other_trades_matter_beside_torch(text: str, work: str) -> None:
    assert mentions_training(f"{work}\n{text}\n".encode())
    assert not mentions_training(f"import os\n{text}\n".encode())


@pytest.mark.parametrize("text", NO)
def test_what_does_not(text: str) -> None:
    assert not mentions_training(f"import torch\n{text}\n".encode())
    assert not chunk_matters(text)


def test_a_frozen_data_class_does_not_matter() -> None:
    assert not chunk_matters("@dataclass(frozen=True)\nclass A: pass")
    assert not mentions_training(b"@dataclass(frozen=True)\nclass A: pass")
