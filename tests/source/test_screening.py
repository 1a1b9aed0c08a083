"""Screening says yes wherever a rule could speak."""

from __future__ import annotations

import pytest

from freezelint.source.layer_lists import lists_layers
from freezelint.source.relevance import bases_of, chunk_matters, freezes_when_built, starts_training
from freezelint.source.screening import mentions_training

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
LAYERS = [
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = [nn.Linear(2, 2)]",
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = []\n"
    "        self.a.append(Block(2))",
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        made = {}\n"
    "        made['x'] = nn.Linear(2, 2)\n        self.a = made",
]


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


@pytest.mark.parametrize("text", LAYERS)
def test_layers_in_plain_collections(text: str) -> None:
    assert mentions_training(text.encode()) and chunk_matters(text) and starts_training(text)
    registered = text.replace("[nn.Linear(2, 2)]", "nn.ModuleList([nn.Linear(2, 2)])").replace(
        "= []", "= nn.ModuleList()"
    )
    assert not lists_layers(registered.replace("= {}", "= nn.ModuleDict()"))


def test_a_value_in_brackets_is_no_collection() -> None:
    head = "class A(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.a = "
    assert not lists_layers(f"{head}(\n            nn.Linear(n, 2) if n > 0 else nn.Identity()\n        )\n")
    assert lists_layers(f"{head}(\n            nn.Linear(n, 2),\n            nn.Linear(2, 2),\n        )\n")


def test_classes_that_freeze_when_built() -> None:
    base = "class A(nn.Module):\n    def __init__(self):\n        self.eval()\n    def f(self): pass\n"
    assert freezes_when_built(base)
    assert not freezes_when_built(base.replace("__init__", "set_up"))
    assert bases_of("class B(zoo.A, Mixin):\n    pass") == {"A", "Mixin"}


@pytest.mark.parametrize("text", NO)
def test_what_does_not(text: str) -> None:
    assert not mentions_training(f"import torch\n{text}\n".encode())
    assert not chunk_matters(text)


def test_a_frozen_data_class_does_not_matter() -> None:
    assert not chunk_matters("@dataclass(frozen=True)\nclass A: pass")
    assert not mentions_training(b"@dataclass(frozen=True)\nclass A: pass")
    assert not starts_training("def f(model):\n    return frozenset(model.names)")
    assert starts_training("def f(model):\n    return model.frozen")
