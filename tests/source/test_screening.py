"""Screening says yes wherever a rule could speak."""

from __future__ import annotations

import pytest

from freezelint.source.screening import (
    bases_of,
    chunk_matters,
    freezes_when_built,
    lists_layers,
    mentions_training,
    starts_training,
)

YES = [
    "p.requires_grad = False", "p.require_grad = False", "p.requires_gradient = 0", "p.required_grad = 0",
    "p.requiers_grad = 0", "p.requiresGrad = 0", "p.requires_gard = 0", "p.reqires_grad = 0", "net.freeze()",
    "class FreezeBackbone: pass", "FREEZE = True", "m.eval()", "m.train(False)", "def train(self): pass",
    "with torch.no_grad(): pass", "with torch.inference_mode(): pass", "torch.set_grad_enabled(False)",
    "torch.optim.SGD", "Optimizer", "layer.trainable = False", "model.frozen = True", "frozen_layers = 3",
]  # fmt: skip
LAYERS = [
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = [nn.Linear(2, 2)]",
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = []\n"
    "        self.a.append(Block(2))",
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        made = {}\n"
    "        made['x'] = nn.Linear(2, 2)\n        self.a = made",
]
NO = ["import os", "@dataclass(frozen=True)\nclass A: pass", "def training(): pass", "retrain()", "x = evaluate()", ""]


@pytest.mark.parametrize("text", YES)
def test_what_matters(text: str) -> None:
    assert mentions_training(text.encode())
    assert chunk_matters(text)


@pytest.mark.parametrize("text", LAYERS)
def test_layers_in_plain_collections(text: str) -> None:
    assert mentions_training(text.encode()) and chunk_matters(text) and starts_training(text)
    registered = text.replace("[nn.Linear(2, 2)]", "nn.ModuleList([nn.Linear(2, 2)])").replace(
        "= []", "= nn.ModuleList()"
    )
    assert not lists_layers(registered.replace("= {}", "= nn.ModuleDict()"))


def test_classes_that_freeze_when_built() -> None:
    base = "class A(nn.Module):\n    def __init__(self):\n        self.eval()\n    def f(self): pass\n"
    assert freezes_when_built(base)
    assert not freezes_when_built(base.replace("__init__", "set_up"))
    assert bases_of("class B(zoo.A, Mixin):\n    pass") == {"A", "Mixin"}


@pytest.mark.parametrize("text", NO)
def test_what_does_not(text: str) -> None:
    assert not mentions_training(text.encode())
    assert not chunk_matters(text)
