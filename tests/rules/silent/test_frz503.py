"""FRZ503 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

import pytest

from .programs import codes

PROGRAM = """
import torch
from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from torch import nn

net, head = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 4)), nn.Linear(4, 2)
BEFORE
model = get_peft_model(net, LoraConfig(target_modules=["0"]))
AFTER
optimizer = torch.optim.SGD([p for p in [*model.parameters(), *head.parameters()] if p.requires_grad], lr=0.1)
for step in range(9):
    head(model(torch.randn(4, 4))).sum().backward()
    optimizer.step()
"""


def found(before: str = "", after: str = "") -> list[int]:
    return [line for _, line in codes(PROGRAM.replace("BEFORE", before).replace("AFTER", after), "FRZ503")]


def test_silent_on_a_freeze_before_it() -> None:
    assert found(before="net.requires_grad_(False)") == []
    assert found(before="net = prepare_model_for_kbit_training(net)") == []


def test_silent_on_a_name_filter() -> None:
    loop = "for n, p in model.named_parameters():\n    if 'lora_' not in n:\n        p.requires_grad = False"
    assert found(after=loop) == []


def test_silent_where_the_adapters_are_unfrozen_again() -> None:
    again = "for n, p in model.named_parameters():\n    if 'lora_' in n:\n        p.requires_grad = True"
    assert found(after=f"model.requires_grad_(False)\n{again}") == []


@pytest.mark.parametrize(
    "freeze",
    [
        "model.requires_grad_(False)",
        "net.requires_grad_(False)",
        "model.get_base_model().requires_grad_(False)",
        "model.base_model.requires_grad_(False)",
        "model = prepare_model_for_kbit_training(model)",
    ],
)
def test_freezes_of_the_base(freeze: str) -> None:
    assert found(after=freeze) == [9]
