"""What the facts about grad modes and checkpointing say is what the installed torch does."""

from __future__ import annotations

import warnings

import pytest

from freezelint.libraries.facts import Effect, effect_of

torch = pytest.importorskip("torch")
nn = torch.nn


@pytest.fixture(autouse=True)
def _keep_the_mode():  # type: ignore[no-untyped-def]
    before = torch.is_grad_enabled()
    yield
    torch.set_grad_enabled(before)


def resolved(name: str) -> object:
    """What a dotted name of torch leads to."""
    value: object = torch
    for part in name.split(".")[1:]:
        value = getattr(value, part)
    return value


@pytest.mark.parametrize(
    "effect", [Effect.GRAD_OFF, Effect.GRAD_ON, Effect.GRAD_SET, Effect.GRAD_ASKED, Effect.CHECKPOINT,
               Effect.CHECKPOINT_PARTS, Effect.GRADIENT]
)  # fmt: skip
def test_the_names_are_there(effect: Effect) -> None:
    import torch.utils.checkpoint  # noqa: F401

    from freezelint.libraries import facts

    names = facts._FACTS[effect].split()
    assert names
    for name in names:
        assert effect_of(name) is effect
        assert callable(resolved(name)), name


@pytest.mark.parametrize("name", ["torch.set_grad_enabled", "torch._C._set_grad_enabled"])
def test_a_mode_set_as_a_statement_lasts(name: str) -> None:
    resolved(name)(False)  # type: ignore[operator]
    assert not torch.is_grad_enabled()
    assert not nn.Linear(2, 2)(torch.ones(1, 2)).requires_grad


def test_a_context_entered_by_hand_lasts_until_it_is_left() -> None:
    quiet = torch.no_grad()
    quiet.__enter__()
    assert not torch.is_grad_enabled()
    quiet.__exit__(None, None, None)
    assert torch.is_grad_enabled()


def test_a_with_block_restores_the_mode_that_was_set_within() -> None:
    with torch.no_grad():
        torch.set_grad_enabled(False)
    assert torch.is_grad_enabled()


def _checkpointed(*, reentrant: bool | None, trainable_input: bool) -> bool:
    """Whether a checkpointed layer gets a gradient."""
    from torch.utils.checkpoint import checkpoint

    before, body, head = nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 1)
    before.requires_grad_(trainable_input)
    keywords = {} if reentrant is None else {"use_reentrant": reentrant}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        head(checkpoint(body, before(torch.ones(3, 2)), **keywords)).sum().backward()
    assert head.weight.grad is not None
    return body.weight.grad is not None


def test_reentrant_checkpoints_need_an_input_that_requires_grad() -> None:
    assert not _checkpointed(reentrant=True, trainable_input=False)
    assert _checkpointed(reentrant=True, trainable_input=True)
    assert _checkpointed(reentrant=False, trainable_input=False)


def test_checkpoints_are_reentrant_by_default() -> None:
    assert not _checkpointed(reentrant=None, trainable_input=False)


@pytest.mark.parametrize("segments", [1, 2, 3, 4])
def test_the_last_segment_is_not_checkpointed(segments: int) -> None:
    from torch.utils.checkpoint import checkpoint_sequential

    layers = nn.Sequential(*(nn.Linear(2, 2) for _ in range(7)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        checkpoint_sequential(layers, segments, torch.ones(1, 2), use_reentrant=True).sum().backward()
    without = [layer.weight.grad is None for layer in layers]
    size = 7 // segments
    assert without == [number < size * (segments - 1) for number in range(7)]


@pytest.mark.parametrize(
    "cut",
    [
        lambda h: h.detach(),
        lambda h: h.data,
        lambda h: torch.from_numpy(h.detach().numpy()),
        lambda h: torch.tensor(h.tolist()),
        lambda h: h.argmax(1),
        lambda h: torch.argsort(h),
    ],
    ids=["detach", "data", "numpy", "tensor", "argmax", "argsort"],
)
def test_what_cuts_a_graph(cut) -> None:  # type: ignore[no-untyped-def]
    h = nn.Linear(2, 2)(torch.ones(1, 2))
    assert h.requires_grad
    assert not cut(h).requires_grad


def test_what_does_not_cut_a_graph() -> None:
    h = nn.Linear(2, 2)(torch.ones(1, 2))
    assert torch.as_tensor(h).requires_grad
    buffer = torch.zeros(1, 2)
    buffer[:] = h
    assert buffer.requires_grad
    with torch.no_grad():
        assert h.requires_grad  # what was computed before keeps its graph
        assert nn.Linear(2, 2).weight.requires_grad


def test_lightning_enables_gradients_around_the_training_step() -> None:
    pytest.importorskip("tests.support.torchvision_shim")
    lightning = pytest.importorskip("lightning")
    seen: list[bool] = []

    class Model(lightning.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Linear(2, 1)

        def training_step(self, batch: object, index: int) -> object:
            seen.append(torch.is_grad_enabled())
            return self.layer(batch).sum()

        def configure_optimizers(self) -> object:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    trainer = lightning.Trainer(
        max_steps=1, logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
        accelerator="cpu",
    )  # fmt: skip
    torch.set_grad_enabled(False)
    trainer.fit(Model(), torch.utils.data.DataLoader(torch.ones(2, 2)))
    assert seen == [True]
