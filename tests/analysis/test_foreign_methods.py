"""Methods of modules whose code is not seen may change the module, or hand out a part of it."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

PROGRAM = """
    import sys
    import torch
    from torch import nn
    {imports}

    model = {make}
    model.requires_grad_(False)
    {call}
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    """
MODELS = [
    ("from transformers import AutoModel", "AutoModel.from_pretrained(sys.argv[1])"),
    ("import timm", "timm.create_model(sys.argv[1])"),
    ("from zoo import build", "build()"),
    ("from zoo import Net", "Net()"),
    ("from transformers import BertModel", "BertModel.from_pretrained('bert-base-uncased')"),
    ("", "torch.hub.load(sys.argv[1], sys.argv[2])"),
]
CHANGES = [
    "model.unfreeze_last(2)",
    "model.set_trainable(sys.argv[2])",
    "model.backbone.unfreeze_last()",
    "model.blocks[0].unfreeze()",
    "model.get_head().requires_grad_(True)",
    "[p.requires_grad_() for p in model.head_parameters()]",
    "[m.thaw() for m in model.modules()]",
    "model.get_input_embeddings().weight.requires_grad = True",
    "[p.requires_grad_() for p in model.get_output_embeddings().parameters()]",
]
HARMLESS = [
    "print(model.num_parameters())",
    "model.encoder(torch.zeros(1, 3))",
    "model.print_summary()",
    "features = model.forward_features(torch.zeros(1, 3))",
]


def found(model: tuple[str, str], call: str) -> list[tuple[str, int]]:
    return codes(PROGRAM.format(imports=model[0], make=model[1], call=call), "FRZ206")


@pytest.mark.parametrize("call", CHANGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model[1])
def test_what_may_have_unfrozen_something_leaves_it_open(model: tuple[str, str], call: str) -> None:
    assert found(model, call) == []


@pytest.mark.parametrize("call", HARMLESS)
@pytest.mark.parametrize("model", [each for each in MODELS if each[1] != "Net()"], ids=lambda model: model[1])
def test_what_is_given_data_or_only_tells_changes_nothing(model: tuple[str, str], call: str) -> None:
    assert found(model, call) == [("FRZ206", 8)]
