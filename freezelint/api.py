"""All that a rule may import."""

from __future__ import annotations

from .core import fate_questions as fate
from .core import gradient_questions, graph_questions, name_filters, naming, questions, recipes, remedies
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
    StaysFrozen,
    Unsynchronised,
    WrongMode,
)
from .core.events import (
    AttributeSet,
    Backward,
    Checkpointed,
    CollectionStored,
    ConditionOnFind,
    Cut,
    Event,
    FlagCalled,
    FlagCompared,
    FlagNamedOpposite,
    FlagRejected,
    Forward,
    FrameworkReset,
    FrozenByDefault,
    Given,
    GradientWritten,
    GradModeSet,
    GradModeUnused,
    GradSet,
    GraphEscaped,
    IteratorConsumed,
    LayerSettingSet,
    LazyFreeze,
    Loop,
    LossForced,
    MethodUncalled,
    MisnamedCall,
    ModeSet,
    ModuleReplaced,
    NameTest,
    OptimizerBuilt,
    OptionIgnored,
    Options,
    OptionWritten,
    ParameterGroupAdded,
    ParameterReplaced,
    ParametersGathered,
    ParametersTied,
    SchedulerBuilt,
    SchedulerStepped,
    Selection,
    Selections,
    StatisticsWritten,
    Stepped,
    Tainted,
    TensorBackward,
    TextOption,
    TrainOverride,
    Use,
    WeightsWritten,
    Wrapped,
    WriteByName,
    ZeroGrad,
)
from .core.findings import Edit, Fix, Note, Safety, Severity
from .core.objects import HeapObject, Kind
from .core.rules import Mistake, Rule
from .core.spans import Span
from .core.symbols import Const, Element, Expr, Path, Value, leaves, reads_option, relation, truth_of
from .core.timeline import Answer, ParameterAtom, Timeline
from .core.truth import MAYBE, NO, YES, Truth, every, some

__all__ = [
    "MAYBE", "NO", "YES", "Answer", "AttributeSet", "Backward", "Checkpointed", "Claim", "CollectionStored",
    "ConditionMisfires", "ConditionOnFind", "Const", "Cut", "Edit", "Element", "Event", "Expr", "Fix", "FlagCalled",
    "FlagCompared", "FlagInverted", "FlagNamedOpposite", "FlagRejected", "Forward", "FrameworkReset",
    "FrozenByDefault", "Given", "GradModeSet", "GradModeUnused", "GradSet", "GradientWritten", "GraphEscaped",
    "HeapObject", "HeldFrozen", "IteratorConsumed", "Kind", "LayerSettingSet", "LazyFreeze", "Loop", "LossForced",
    "MethodUncalled", "MisnamedCall", "Mistake", "ModeSet", "ModuleReplaced", "MovedWhileFrozen", "NameTest",
    "NeverUpdated", "NoEffect", "NoGradient", "Note", "NothingTrains", "OptimizerBuilt", "OptionIgnored",
    "OptionWritten", "Options", "ParameterAtom", "ParameterGroupAdded", "ParameterReplaced", "ParametersGathered",
    "ParametersTied", "Path", "Raises", "RandomOutput", "Rule", "Safety", "SchedulerBuilt", "SchedulerStepped",
    "Selection", "Selections", "Severity", "Span", "StatisticsDrift", "StatisticsWritten", "StaysFrozen", "Stepped",
    "Tainted", "TensorBackward", "TextOption", "Timeline", "TrainOverride", "Truth", "Unsynchronised", "Use",
    "Value", "WeightsWritten", "Wrapped", "WriteByName", "WrongMode", "ZeroGrad", "every", "fate",
    "gradient_questions", "graph_questions", "leaves", "name_filters", "naming", "questions", "reads_option",
    "recipes", "relation", "remedies", "some", "truth_of",
]  # fmt: skip
