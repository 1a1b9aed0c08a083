"""All that a rule may import."""

from __future__ import annotations

from .core import questions
from .core.claims import (
    Claim,
    ConditionMisfires,
    FlagInverted,
    HeldFrozen,
    MovedWhileFrozen,
    NeverUpdated,
    NoEffect,
    NoGradient,
    NothingTrains,
    Raises,
    RandomOutput,
    StatisticsDrift,
    WrongMode,
)
from .core.events import (
    AttributeSet,
    Backward,
    ConditionOnFind,
    Event,
    FlagCalled,
    FlagCompared,
    FlagNamedOpposite,
    Forward,
    GradModeSet,
    GradModeUnused,
    GradSet,
    IteratorConsumed,
    LossForced,
    MethodUncalled,
    MisnamedCall,
    ModeSet,
    ModuleReplaced,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    Tainted,
    TensorBackward,
    TrainOverride,
    Wrapped,
    ZeroGrad,
)
from .core.findings import Edit, Fix, Note, Safety, Severity
from .core.objects import HeapObject, Kind
from .core.rules import Mistake, Rule
from .core.spans import Span
from .core.symbols import Const, Path, Value, relation, truth_of
from .core.timeline import Answer, ParameterAtom, Timeline
from .core.truth import MAYBE, NO, YES, Truth, every, some

__all__ = [
    "MAYBE", "NO", "YES", "Answer", "AttributeSet", "Backward", "Claim", "ConditionMisfires", "ConditionOnFind",
    "Const", "Edit", "Event",
    "Fix", "FlagCalled", "FlagCompared", "FlagInverted", "FlagNamedOpposite", "Forward", "GradModeSet",
    "GradModeUnused", "GradSet",
    "HeapObject", "HeldFrozen", "IteratorConsumed", "Kind", "LossForced", "MethodUncalled", "MisnamedCall", "Mistake",
    "ModeSet", "ModuleReplaced", "MovedWhileFrozen", "NeverUpdated", "NoEffect", "NoGradient", "Note",
    "NothingTrains", "OptimizerBuilt", "ParameterAtom", "ParameterGroupAdded", "Path", "Raises", "RandomOutput",
    "Rule", "Safety", "Selection", "Selections", "Severity", "Span", "StatisticsDrift", "Stepped", "Tainted",
    "TensorBackward", "Timeline", "TrainOverride", "Truth", "Value", "Wrapped", "WrongMode", "ZeroGrad",
    "every", "questions", "relation", "some", "truth_of",
]  # fmt: skip
