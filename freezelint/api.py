"""All that a rule may import."""

from __future__ import annotations

from .core import name_filters, questions
from .core.claims import (
    Claim,
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
    FlagRejected,
    Forward,
    GradModeSet,
    GradModeUnused,
    GradSet,
    IteratorConsumed,
    LazyFreeze,
    LossForced,
    MethodUncalled,
    MisnamedCall,
    ModeSet,
    ModuleReplaced,
    NameTest,
    OptimizerBuilt,
    OptionIgnored,
    ParameterGroupAdded,
    ParametersTied,
    Selection,
    Selections,
    Stepped,
    Tainted,
    TensorBackward,
    TextOption,
    TrainOverride,
    Wrapped,
    WriteByName,
    ZeroGrad,
)
from .core.findings import Edit, Fix, Note, Safety, Severity
from .core.objects import HeapObject, Kind
from .core.rules import Mistake, Rule
from .core.spans import Span
from .core.symbols import Const, Path, Value, reads_option, relation, truth_of
from .core.timeline import Answer, ParameterAtom, Timeline
from .core.truth import MAYBE, NO, YES, Truth, every, some

__all__ = [
    "MAYBE", "NO", "YES", "Answer", "AttributeSet", "Backward", "Claim", "ConditionOnFind", "Const", "Edit", "Event",
    "Fix", "FlagCalled", "FlagCompared", "FlagNamedOpposite", "FlagRejected", "Forward", "GradModeSet",
    "GradModeUnused", "GradSet", "HeapObject", "HeldFrozen", "IteratorConsumed", "Kind", "LazyFreeze", "LossForced",
    "MethodUncalled", "MisnamedCall", "Mistake", "ModeSet", "ModuleReplaced", "MovedWhileFrozen", "NameTest",
    "NeverUpdated", "NoEffect", "NoGradient", "Note", "NothingTrains", "OptimizerBuilt", "OptionIgnored",
    "ParameterAtom", "ParameterGroupAdded", "ParametersTied", "Path", "Raises", "RandomOutput", "Rule", "Safety",
    "Selection", "Selections", "Severity", "Span", "StatisticsDrift", "Stepped", "Tainted", "TensorBackward",
    "TextOption", "Timeline", "TrainOverride", "Truth", "Value", "Wrapped", "WriteByName", "WrongMode", "ZeroGrad",
    "every", "name_filters", "questions", "reads_option", "relation", "some", "truth_of",
]  # fmt: skip
