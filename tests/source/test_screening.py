"""Screening says yes wherever a rule could speak."""

from __future__ import annotations

import pytest

from freezelint.source.screening import chunk_matters, mentions_training

YES = [
    "p.requires_grad = False", "p.require_grad = False", "p.requires_gradient = 0", "p.required_grad = 0",
    "p.requiers_grad = 0", "p.requiresGrad = 0", "p.requires_gard = 0", "p.reqires_grad = 0", "net.freeze()",
    "class FreezeBackbone: pass", "FREEZE = True", "m.eval()", "m.train(False)", "def train(self): pass",
    "with torch.no_grad(): pass", "with torch.inference_mode(): pass", "torch.set_grad_enabled(False)",
    "torch.optim.SGD", "Optimizer", "layer.trainable = False", "model.frozen = True", "frozen_layers = 3",
]  # fmt: skip
NO = ["import os", "@dataclass(frozen=True)\nclass A: pass", "def training(): pass", "retrain()", "x = evaluate()", ""]


@pytest.mark.parametrize("text", YES)
def test_what_matters(text: str) -> None:
    assert mentions_training(text.encode())
    assert chunk_matters(text)


@pytest.mark.parametrize("text", NO)
def test_what_does_not(text: str) -> None:
    assert not mentions_training(text.encode())
    assert not chunk_matters(text)
