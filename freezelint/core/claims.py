"""What a finding says would be true of a run.

A claim is typed so that one probe can measure the findings of many rules. `subject` names the parameter, module or
object in the user's own words (`model.backbone`).
"""

from __future__ import annotations

from typing import TypeAlias, Union

import msgspec


class NoEffect(msgspec.Struct, frozen=True, tag="no-effect"):
    """The statement leaves the `requires_grad` flags of the subject's parameters as they were."""

    subject: str


class Raises(msgspec.Struct, frozen=True, tag="raises"):
    """The statement raises `exception` when it is reached; `later` where it is a statement that a note of the finding
    points out which does so, after this one."""

    subject: str
    exception: str
    later: bool = False


class UsedUp(msgspec.Struct, frozen=True, tag="used-up"):
    """The subject is an iterator that gives nothing where it is used: it was gone over before."""

    subject: str


class StatisticsDrift(msgspec.Struct, frozen=True, tag="statistics-drift"):
    """Buffers (running statistics) of the subject change during training while its parameters are frozen."""

    subject: str


class RandomOutput(msgspec.Struct, frozen=True, tag="random-output"):
    """Dropout of the frozen subject is active in training: two forwards with the same input would differ."""

    subject: str


class NeverUpdated(msgspec.Struct, frozen=True, tag="never-updated"):
    """Parameters of the subject require a gradient and are held by no optimizer that steps."""

    subject: str


class HeldFrozen(msgspec.Struct, frozen=True, tag="held-frozen"):
    """An optimizer holds parameters of the subject that do not require a gradient."""

    subject: str


class MovedWhileFrozen(msgspec.Struct, frozen=True, tag="moved-while-frozen"):
    """Parameters of the subject change while their `requires_grad` is False."""

    subject: str


class NoGradient(msgspec.Struct, frozen=True, tag="no-gradient"):
    """No parameter of the subject gets a gradient although it requires one."""

    subject: str


class NothingTrains(msgspec.Struct, frozen=True, tag="nothing-trains"):
    """No parameter held by the subject (an optimizer) requires a gradient when it steps."""

    subject: str


class WrongMode(msgspec.Struct, frozen=True, tag="wrong-mode"):
    """The subject runs forward with `training` equal to `training`, which is not what was asked for."""

    subject: str
    training: bool


class StaysFrozen(msgspec.Struct, frozen=True, tag="stays-frozen"):
    """Parameters of the subject that were to train do not require a gradient when an optimizer steps."""

    subject: str


class StillTrains(msgspec.Struct, frozen=True, tag="still-trains"):
    """Parameters of the subject, or of what takes its place in the model, require a gradient and get one at an
    optimizer step after the statement, which was to freeze them."""

    subject: str


class NeverRuns(msgspec.Struct, frozen=True, tag="never-runs"):
    """No module of the subject runs forward while others are trained."""

    subject: str


class LeftOut(msgspec.Struct, frozen=True, tag="left-out"):
    """Normalisation layers beside those of the statement keep updating their statistics, or the other of their two
    parameters trains."""

    subject: str


class MovesAtZero(msgspec.Struct, frozen=True, tag="moves-at-zero"):
    """Steps move parameters of the subject at a gradient of zero (`what` "gradient"), or although the learning rate
    of their group was set to 0 ("rate")."""

    subject: str
    what: str


class Unsynchronised(msgspec.Struct, frozen=True, tag="unsynchronised"):
    """Parameters of the subject require a gradient that DistributedDataParallel does not average over the ranks."""

    subject: str


class ConditionMisfires(msgspec.Struct, frozen=True, tag="condition-misfires"):
    """The number that `find` gives, used as a condition, holds where the text is not found or fails where it is."""

    subject: str
    negated: bool = False


class MatchesOthers(msgspec.Struct, frozen=True, tag="matches-others"):
    """The condition on names says the same of `names` as of those that it is meant for."""

    subject: str
    names: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


class MatchesNothing(msgspec.Struct, frozen=True, tag="matches-nothing"):
    """The condition on names tells none of them from the others; `text` is the one of its texts that this is about,
    empty for the whole condition."""

    subject: str
    text: str = ""


class FlagInverted(msgspec.Struct, frozen=True, tag="flag-inverted"):
    """`requires_grad` of the subject becomes what the option `flag` is, though its name asks for the opposite (with
    `negated`, what it is not)."""

    subject: str
    flag: str
    negated: bool = False


Claim: TypeAlias = Union[
    NoEffect, Raises, UsedUp, StatisticsDrift, RandomOutput, NeverUpdated, HeldFrozen, MovedWhileFrozen, NoGradient,
    NothingTrains, StaysFrozen, StillTrains, NeverRuns, LeftOut, MovesAtZero, Unsynchronised, WrongMode,
    ConditionMisfires, MatchesOthers, MatchesNothing, FlagInverted,
]  # fmt: skip
