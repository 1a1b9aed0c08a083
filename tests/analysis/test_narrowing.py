"""`isinstance` takes out of a name what it rules out."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

LOCK = """
    import sys
    import torch
    from torch import nn

    class Net(nn.Module):
        def __init__(self, bias):
            super().__init__()
            self.body = nn.Linear(4, 4)
            if bias:
                self.head = nn.Linear(4, 4)
            else:
                self.head = nn.Parameter(torch.zeros(4, 4))

    def lock(model):
        for part in (model.body, model.head):
            {first}
                {then}
            {second}
                {otherwise}

    lock({model})
    """
FLAG, METHOD = "part.requires_grad = False", "part.requires_grad_(False)"
MODELS = ["Net(len(sys.argv) > 1)", "Net(True)", "build()"]


def found(model: str, first: str, then: str, second: str, otherwise: str) -> list[tuple[str, int]]:
    program = LOCK.format(model=model, first=first, then=then, second=second, otherwise=otherwise)
    return codes(program, "FRZ101")


@pytest.mark.parametrize("model", MODELS)
def test_a_parameter_is_no_module(model: str) -> None:
    parameter = "if isinstance(part, nn.Parameter):"
    assert found(model, parameter, FLAG, "elif isinstance(part, nn.Module):", METHOD) == []
    assert found(model, parameter, FLAG, "else:", METHOD) == []


def test_what_is_no_module_is_a_parameter() -> None:
    module = "if not isinstance(part, nn.Module):"
    assert found("Net(len(sys.argv) > 1)", module, FLAG, "else:", METHOD) == []
    assert found("Net(len(sys.argv) > 1)", "if not part or isinstance(part, nn.Module):", METHOD, "else:", FLAG) == []


def test_the_module_of_the_other_branch_is_still_one() -> None:
    parameter = "if isinstance(part, nn.Parameter):"
    assert found("Net(len(sys.argv) > 1)", parameter, METHOD, "else:", FLAG) == [("FRZ101", 20)]
