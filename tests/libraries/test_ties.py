"""What the tie of a language model of transformers does to a freeze, tried with the installed library."""

from __future__ import annotations

from typing import Any

import pytest


def gpt2(**options: Any) -> Any:
    """A tiny GPT-2."""
    pytest.importorskip("torch")
    pytest.importorskip("tests.support.torchvision_shim")
    transformers = pytest.importorskip("transformers")
    config = transformers.GPT2Config(
        n_layer=1, n_embd=8, n_head=2, vocab_size=20, bos_token_id=0, eos_token_id=0, **options
    )
    return transformers.GPT2LMHeadModel(config)


@pytest.mark.parametrize(("options", "left"), [({}, 0), ({"tie_word_embeddings": False}, 1)])
def test_freezing_the_body_freezes_the_tied_head(options: dict[str, Any], left: int) -> None:
    model = gpt2(**options)
    model.transformer.requires_grad_(False)
    assert sum(p.requires_grad for p in model.parameters()) == left


def test_a_filter_by_name_never_sees_the_head() -> None:
    assert not [name for name, _ in gpt2().named_parameters() if "lm_head" in name]
