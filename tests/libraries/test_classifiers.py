"""Which layer `get_classifier()` returns, against what timm says of its models."""

from __future__ import annotations

from typing import Any

import pytest

from freezelint.libraries.trees import timm_tree
from tests.rules.silent.programs import codes

FROZEN = """
    import timm
    import torch

    model = timm.create_model({model})
    model.requires_grad_(False)
    for parameter in {head}.parameters():
        parameter.requires_grad = True
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for images, labels in loader:
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    """


def test_every_known_model_has_the_head_that_timm_says() -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    timm: Any = pytest.importorskip("timm")
    told = 0
    for name in timm.list_models():
        tree = timm_tree(name)
        if tree is None or tree.classifier is None:
            continue
        assert tree.classifier == timm.get_pretrained_cfg(name).classifier, name
        told += 1
    assert told > 300


def test_nothing_is_said_of_two_heads() -> None:
    tree = timm_tree("pit_xs_distilled_224")
    assert tree is not None
    assert tree.classifier is None


@pytest.mark.parametrize("model", ['"resnet18"', "name", '"resnet18", num_classes=0'])
def test_an_unfrozen_classifier_is_something_left_to_train(model: str) -> None:
    assert codes(FROZEN.format(model=model, head="model.get_classifier()"), "FRZ206") == []


def test_the_rest_stays_frozen() -> None:
    assert codes(FROZEN.format(model='"resnet18"', head="model.get_classifier()"), "FRZ301") == [("FRZ301", 6)]
