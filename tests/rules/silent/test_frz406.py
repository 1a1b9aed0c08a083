"""FRZ406 is silent where the other kind of checkpointing is used, or an input requires grad."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_PROGRAM = """\
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint
embed, body, head = nn.Embedding(9, 4), nn.Sequential(nn.Linear(4, 4), nn.ReLU()), nn.Linear(4, 2)
embed.weight.requires_grad = {embedding}
{before}
opt = torch.optim.SGD([*body.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    h = embed(torch.tensor([1, 2, 3]))
    h = {call}
    loss = nn.functional.cross_entropy(head(h), torch.tensor([0, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
"""


def found(call: str, *, embedding: bool = False, before: str = "") -> list[int]:
    """The lines of FRZ406 where a frozen embedding is followed by `call`."""
    text = _PROGRAM.format(call=call, embedding=embedding, before=before or "pass")
    return [line for _, line in codes(text, "FRZ406")]


def test_silent_on_the_other_kind() -> None:
    assert not found("checkpoint(body, h, use_reentrant=False)")


def test_silent_on_kinds_that_are_not_known() -> None:
    assert not found("checkpoint(body, h, use_reentrant=flag)", before="from config import flag")


def test_silent_on_enable_input_require_grads() -> None:
    hook = "embed.register_forward_hook(lambda module, args, output: output.requires_grad_(True))"
    assert not found("checkpoint(body, h, use_reentrant=True)", before=hook)


def test_silent_where_the_input_is_made_to_require_grad() -> None:
    assert not found("checkpoint(body, h.requires_grad_(True), use_reentrant=True)")


def test_silent_where_the_input_trains() -> None:
    assert not found("checkpoint(body, h, use_reentrant=True)", embedding=True)


def test_silent_where_the_checkpointed_part_is_frozen_too() -> None:
    assert not found("checkpoint(body, h, use_reentrant=True)", before="body.requires_grad_(False)")


def test_silent_on_transformers() -> None:
    text = """\
import torch
from transformers import AutoModel
model = AutoModel.from_pretrained("bert-base-uncased")
model.embeddings.requires_grad_(False)
model.gradient_checkpointing_enable()
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for batch in [{}]:
    loss = model(**batch).last_hidden_state.mean()
    loss.backward()
    opt.step()
"""
    assert not codes(text, "FRZ406")


@pytest.mark.parametrize(
    ("call", "before"),
    [
        ("checkpoint(body, h)", ""),
        ("checkpoint(body, h, use_reentrant=True)", ""),
        ("torch.utils.checkpoint.checkpoint(lambda v: body(v), h)", ""),
        ("remember(body, h)", "def remember(part, v):\n    return checkpoint(part, v, use_reentrant=True)"),
        ("partial(checkpoint, body, use_reentrant=True)(h)", "from functools import partial"),
    ],
    ids=["default", "said", "lambda", "helper", "partial"],
)
def test_finds_the_checkpoint(call: str, before: str) -> None:
    assert len(found(call, before=before)) == 1
