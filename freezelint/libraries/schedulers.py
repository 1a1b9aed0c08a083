"""What learning rate schedulers take and how they treat groups that they do not expect, as data."""

from __future__ import annotations

import msgspec

from freezelint.core.events import SchedulerTraits
from freezelint.core.truth import Truth

from .names import is_scheduler


class SchedulerFact(msgspec.Struct, frozen=True):
    """A scheduler's parameters after `optimizer`, in order, and its traits. The option that lifts a rate of 0 is 0
    where it is not given."""

    positions: tuple[str, ...]
    traits: SchedulerTraits


def _fact(positions: str, *, grows: bool, restores: Truth = Truth.NO, lifts: str = "") -> SchedulerFact:
    traits = SchedulerTraits(grows=Truth.of(grows), restores=restores, lifts=lifts)
    return SchedulerFact(tuple(positions.split()), traits)


_FACTS: dict[str, SchedulerFact] = {
    "LambdaLR": _fact("lr_lambda last_epoch", grows=False, restores=Truth.YES),
    "MultiplicativeLR": _fact("lr_lambda last_epoch", grows=False),
    "StepLR": _fact("step_size gamma last_epoch", grows=True),
    "MultiStepLR": _fact("milestones gamma last_epoch", grows=True),
    "ConstantLR": _fact("factor total_iters last_epoch", grows=True),
    "LinearLR": _fact("start_factor end_factor total_iters last_epoch", grows=True),
    "ExponentialLR": _fact("gamma last_epoch", grows=True),
    "PolynomialLR": _fact("total_iters power last_epoch", grows=True),
    # It computes from the initial rate only once its period is over.
    "CosineAnnealingLR": _fact("T_max eta_min last_epoch", grows=True, restores=Truth.MAYBE, lifts="eta_min"),
    "CosineAnnealingWarmRestarts": _fact(
        "T_0 T_mult eta_min last_epoch", grows=False, restores=Truth.YES, lifts="eta_min"
    ),
    "CyclicLR": _fact(
        "base_lr max_lr step_size_up step_size_down mode", grows=False, restores=Truth.YES, lifts="max_lr"
    ),
    "OneCycleLR": _fact("max_lr total_steps epochs steps_per_epoch", grows=False, restores=Truth.YES, lifts="max_lr"),
    "SWALR": _fact("swa_lr anneal_epochs anneal_strategy last_epoch", grows=False, restores=Truth.YES, lifts="swa_lr"),
    "ReduceLROnPlateau": _fact("mode factor patience threshold threshold_mode", grows=True),
}


def scheduler_fact(name: str) -> SchedulerFact | None:
    """The fact of a scheduler by its dotted name; None where nothing is known of it.

    The functions of transformers that make schedules (`get_linear_schedule_with_warmup`) make a `LambdaLR`.
    """
    package, _, last = name.rpartition(".")
    if name.startswith(("torch.optim.lr_scheduler.", "torch.optim.swa_utils.")):
        return _FACTS.get(last)
    if package.startswith("transformers") and last in LAMBDA_SCHEDULES and is_scheduler(name):
        return SchedulerFact((), _FACTS["LambdaLR"].traits)
    return None


LAMBDA_SCHEDULES = frozenset({
    "get_constant_schedule", "get_constant_schedule_with_warmup", "get_linear_schedule_with_warmup",
    "get_cosine_schedule_with_warmup", "get_cosine_with_hard_restarts_schedule_with_warmup",
    "get_polynomial_decay_schedule_with_warmup", "get_inverse_sqrt_schedule",
})  # fmt: skip
