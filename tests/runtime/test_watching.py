"""`watch` in a loop of one's own: what it finds, that it changes nothing, and that it goes away."""

from __future__ import annotations

import io
from typing import Any

import pytest

torch = pytest.importorskip("torch")
nn = torch.nn

from freezelint.runtime import FreezingMistake, watch  # noqa: E402
from freezelint.runtime.frozen import AssertFrozen  # noqa: E402


class Net(nn.Module):  # type: ignore[misc, name-defined]
    def __init__(self) -> None:
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5))
        self.head = nn.Linear(16, 3)

    def forward(self, x: Any) -> Any:
        return self.head(self.backbone(x))


def train(net: Any, optimizer: Any, steps: int = 4, *, careful: bool = False) -> list[float]:
    losses = []
    for _ in range(steps):
        net.train()
        if careful:
            net.backbone.eval()
        loss = nn.functional.cross_entropy(net(torch.randn(6, 8) + 1), torch.tensor([0, 1, 2, 0, 1, 2]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def model() -> tuple[Any, Any]:
    torch.manual_seed(0)
    net = Net()
    net.backbone.requires_grad_(False)
    return net, torch.optim.Adam(net.head.parameters(), lr=0.1)


@pytest.mark.parametrize("every", [1, 3])
def test_drift_is_found_and_reported(every: int) -> None:
    net, optimizer = model()
    output = io.StringIO()
    with watch(net, optimizer, every_n_steps=every, file=output) as watching:
        train(net, optimizer, 9)
    assert [finding.code for finding in watching.findings] == ["FRZ301"]
    verdict = watching.findings[0].verdict
    assert verdict is not None and verdict.outcome == "confirmed"
    assert float(verdict.evidence["moved"]) > 0.1
    assert "CONFIRMED" in output.getvalue()


def test_what_is_right_is_silent() -> None:
    net, optimizer = model()
    output = io.StringIO()
    with watch(net, optimizer, file=output, raises=True) as watching:
        train(net, optimizer, careful=True)
    assert (watching.findings, output.getvalue()) == ((), "")


def test_it_raises_where_asked() -> None:
    net, optimizer = model()
    with pytest.raises(FreezingMistake, match="FRZ301"), watch(net, optimizer, raises=True):
        train(net, optimizer)


def test_the_users_error_comes_first() -> None:
    net, optimizer = model()
    with pytest.raises(KeyError), watch(net, optimizer, raises=True, file=io.StringIO()):
        train(net, optimizer)
        raise KeyError("mine")


def test_what_is_unfrozen_too_late_moves_0() -> None:
    net, optimizer = model()
    with watch(net, optimizer, file=io.StringIO()) as watching:
        train(net, optimizer, 2, careful=True)
        net.backbone.requires_grad_(True)
        train(net, optimizer, 2)
    (late,) = [finding for finding in watching.findings if finding.code == "FRZ203"]
    assert late.verdict is not None
    assert "moved 0 in 2 steps" in late.verdict.summary


def test_the_probes_go_away() -> None:
    before = {name: vars(nn.Module)[name] for name in ("__call__", "__setattr__", "train", "zero_grad")}
    flag, group = vars(torch.Tensor).get("requires_grad"), torch.optim.Optimizer.add_param_group
    with watch(None, file=io.StringIO()):
        assert vars(nn.Module)["train"] is not before["train"]
    assert {name: vars(nn.Module)[name] for name in before} == before
    assert vars(torch.Tensor).get("requires_grad") is flag
    assert torch.optim.Optimizer.add_param_group is group


def test_two_watches_of_one_training_are_refused() -> None:
    watching = watch(None).begin()
    try:
        with pytest.raises(RuntimeError):
            watching.begin()
    finally:
        watching.end()
    with pytest.raises(ValueError, match="every_n_steps"):
        watch(None, every_n_steps=0)


def outcome(kind: Any, *, watched: bool) -> tuple[list[float], list[Any]]:
    """Losses and all tensors after a training with flags, modes and heads that change."""
    torch.manual_seed(3)
    net = Net()
    optimizer = kind(net.parameters())

    def run() -> list[float]:
        losses = train(net, optimizer, 3)
        net.backbone.requires_grad_(False)
        losses += train(net, optimizer, 3, careful=True)
        net.head = nn.Linear(16, 3)
        optimizer.add_param_group({"params": net.head.parameters()})
        return losses + train(net, optimizer, 3)

    if not watched:
        return run(), [*net.state_dict().values()]
    with watch(net, optimizer, file=io.StringIO()):
        losses = run()
    return losses, [*net.state_dict().values()]


@pytest.mark.parametrize(
    "kind",
    [
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
        lambda p: torch.optim.Adam(p, lr=0.01, fused=True),
        lambda p: torch.optim.SGD(p, lr=0.01, foreach=True, nesterov=True, momentum=0.5),
        lambda p: torch.optim.RMSprop(p, lr=0.01),
    ],
    ids=["sgd", "adamw", "adam-fused", "sgd-foreach", "rmsprop"],
)
def test_nothing_that_is_computed_changes(kind: Any) -> None:
    """Losses, weights and buffers are the same to the bit, dropout included."""
    losses, tensors = outcome(kind, watched=False)
    again, others = outcome(kind, watched=True)
    assert losses == again
    assert all(torch.equal(one, other) for one, other in zip(tensors, others, strict=True))


class TestAssertFrozen:
    def test_what_stays_frozen_passes(self) -> None:
        net, optimizer = model()
        with AssertFrozen()(net.backbone):
            train(net, optimizer, careful=True)

    def test_statistics_and_modes_count(self) -> None:
        net, optimizer = model()
        with pytest.raises(AssertionError, match=r"changed.*ran in train mode"), AssertFrozen()(net.backbone):
            train(net, optimizer)

    def test_weights_and_flags_count(self) -> None:
        net = Net()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        with pytest.raises(AssertionError, match="require grad"), AssertFrozen()(net.head):
            train(net, optimizer)

    def test_nothing_is_left_behind(self) -> None:
        net, _ = model()
        with AssertFrozen()(net.backbone):
            pass
        assert not any(each._forward_pre_hooks for each in net.modules())
