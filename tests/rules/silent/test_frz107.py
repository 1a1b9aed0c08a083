"""What FRZ107 is silent on."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HELPER = """
    import torch

    def to_device(x):
        if isinstance(x, dict):
            return {{key: to_device(value) for key, value in x.items()}}
        return x.to("cpu")

    def attack(model, batch):
        x = to_device({given})
        {statement}
        return torch.autograd.grad(model(x).sum(), [x])[0]
    """
FLAGS = ["x.requires_grad = True", "x.requires_grad_()"]


@pytest.mark.parametrize("statement", FLAGS)
def test_silent_on_a_helper_that_takes_collections_too(statement: str) -> None:
    assert codes(HELPER.format(given="batch", statement=statement), "FRZ107") == []


def test_a_collection_that_is_one_is_told() -> None:
    program = HELPER.format(given="{'x': batch}", statement=FLAGS[0])
    assert codes(program, "FRZ107") == [("FRZ107", 11)]
