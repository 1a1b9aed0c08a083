"""Rules on timelines that are written by hand: what they must and must not say, apart from how events are found."""

from __future__ import annotations

from typing import Any, TypeVar

from freezelint.core.events import (
    AttributeSet,
    Event,
    Forward,
    GradSet,
    ModeSet,
    ModuleReplaced,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    Tainted,
)
from freezelint.core.findings import Confidence
from freezelint.core.objects import Heap, HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Literal, Path, Symbol
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint_rules import RULES

EventT = TypeVar("EventT", bound=Event)
FLAG = Symbol("freeze", 1)


class Story:
    """A model `model` with a `backbone` (a linear layer, BatchNorm, dropout) and a `head`; every event is a line."""

    def __init__(self, *, open_end: bool = False) -> None:
        self.heap = Heap()
        self.events: list[Event] = []
        self.timeline = Timeline("", self.heap, self.events, open_end=open_end)
        self.clock = 0
        self.model = self.module("model")
        self.backbone = self.module("model.backbone", self.model)
        self.linear = self.module("model.backbone.linear", self.backbone, ["weight", "bias"])
        self.norm = self.module("model.backbone.bn", self.backbone, ["weight", "bias"], norm=Truth.YES)
        self.drop = self.module("model.backbone.drop", self.backbone, dropout=Truth.YES)
        self.head = self.module("model.head", self.model, ["weight", "bias"])

    def module(
        self, label: str, parent: HeapObject | None = None, parameters: list[str] | None = None, **facts: Truth
    ) -> HeapObject:
        self.clock += 1
        made = self.heap.new(Kind.MODULE, label, None, self.clock)
        made.is_module, made.open, made.parameters = Truth.YES, False, parameters or []
        for name, value in facts.items():
            setattr(made, name, value)
        if parent is not None:
            self.heap.attach(parent, label.rpartition(".")[2], made, self.clock, ())
        return made

    def add(
        self, event_type: type[EventT], /, *, path: Path = (), text: str = "", line: int = 0, **fields: Any
    ) -> EventT:
        self.clock += 1
        number = line or len(self.events) + 1
        event = event_type(time=self.clock, span=Span("x.py", number, 1, number, 9), path=path, text=text, **fields)
        self.events.append(event)
        return event

    def parameters(self, item: HeapObject, *tests: Literal) -> Selections:
        return (Selection(of="parameters", root=item.id, scope="all", at=self.clock + 1, tests=tests),)

    def flag(self, item: HeapObject, value: Any = FALSE, **more: Any) -> GradSet:
        return self.add(GradSet, selections=self.parameters(item), value=value, text=item.label, **more)

    def mode(self, item: HeapObject, value: Any, **more: Any) -> ModeSet:
        everything = (Selection(of="modules", root=item.id, scope="all", at=self.clock + 1),)
        how = "train" if value is TRUE else "eval"
        return self.add(ModeSet, selections=everything, value=value, how=how, root=item.id, text=item.label, **more)

    def optimizer(self, *groups: Selections | None, **more: Any) -> int:
        made = self.heap.new(Kind.OPTIMIZER, "optimizer", None, self.clock)
        self.add(OptimizerBuilt, optimizer=made.id, groups=groups, **more)
        return made.id

    def step(self, optimizer: int | None, **more: Any) -> None:
        self.add(Stepped, optimizer=optimizer, **more)

    def forward(self, item: HeapObject, **more: Any) -> None:
        self.add(Forward, module=item.id, grad=Truth.YES, **more)

    def train(self, optimizer: int | None, **more: Any) -> None:
        self.forward(self.model, **more)
        self.step(optimizer, **more)

    def found(self) -> dict[str, Confidence]:
        """The codes of the findings, with the best confidence of each."""
        result: dict[str, Confidence] = {}
        for rule in RULES:
            for finding in rule.findings(self.timeline):
                if result.get(rule.code) is not Confidence.CERTAIN:
                    result[rule.code] = finding.confidence
        return result

    def certain(self) -> set[str]:
        return {code for code, confidence in self.found().items() if confidence is Confidence.CERTAIN}

    def lines(self, code: str) -> list[int]:
        rule = next(rule for rule in RULES if rule.code == code)
        return [finding.span.line for finding in rule.findings(self.timeline)]


def requiring(at: int, *, polarity: bool = True) -> Literal:
    return Literal(Expr("requires_grad", (Element("parameter"), Const(at))), polarity)


def eval_backbone(story: Story) -> None:
    story.mode(story.backbone, FALSE)


# --- modes -------------------------------------------------------------------------------------------------------


def test_frozen_norm_in_train_mode() -> None:
    story = Story()
    story.flag(story.backbone)
    story.train(story.optimizer(story.parameters(story.head)))
    assert story.certain() == {"FRZ301"}
    assert story.lines("FRZ301") == [1]


def test_frozen_norm_in_eval_mode_is_fine() -> None:
    story = Story()
    story.flag(story.backbone)
    optimizer = story.optimizer(story.parameters(story.head))
    for _ in range(2):
        story.mode(story.model, TRUE)
        eval_backbone(story)
        story.train(optimizer)
    assert story.found() == {}


def test_forward_that_trains_nothing_is_fine() -> None:
    story = Story()
    story.flag(story.backbone)
    story.forward(story.model)
    assert story.found() == {}


def test_trained_norm_is_fine() -> None:
    story = Story()
    story.flag(story.linear)
    story.train(story.optimizer(story.parameters(story.model, requiring(story.clock + 1))))
    assert story.found() == {}


def test_norm_put_in_train_mode_alone_is_fine() -> None:
    story = Story()
    story.drop.dropout = Truth.NO
    story.flag(story.backbone)
    optimizer = story.optimizer(story.parameters(story.head))
    eval_backbone(story)
    story.mode(story.norm, TRUE)
    story.train(optimizer)
    assert story.found() == {}


def test_freeze_and_training_that_exclude_each_other() -> None:
    story = Story()
    story.flag(story.backbone, path=(Literal(FLAG, True),))
    story.train(story.optimizer(story.parameters(story.head)), path=(Literal(FLAG, False),))
    assert story.found() == {}


def test_freeze_under_a_condition_is_certain_where_it_holds() -> None:
    story = Story()
    story.flag(story.backbone, path=(Literal(FLAG, True),))
    story.train(story.optimizer(story.parameters(story.head)))
    assert story.certain() == {"FRZ301"}


def test_norm_of_a_network_that_is_switched() -> None:
    story = Story()
    for _ in range(2):
        story.flag(story.backbone, TRUE, line=50)
        own = story.optimizer(story.parameters(story.backbone), line=60)
        story.train(own)
        story.flag(story.backbone, FALSE, line=51)
        other = story.optimizer(story.parameters(story.head), line=61)
        story.train(other)
    assert story.certain() == set()


def test_eval_undone_by_train() -> None:
    story = Story()
    story.flag(story.backbone)
    eval_backbone(story)
    optimizer = story.optimizer(story.parameters(story.head))
    for _ in range(2):
        story.mode(story.model, TRUE)
        story.train(optimizer)
        story.mode(story.model, FALSE)
    assert story.certain() == {"FRZ302"}
    assert story.lines("FRZ302") == [2]


def test_eval_for_validation_is_no_mistake() -> None:
    story = Story()
    optimizer = story.optimizer(story.parameters(story.model))
    for _ in range(2):
        story.mode(story.model, TRUE)
        story.train(optimizer)
        eval_backbone(story)
        story.forward(story.model)
    assert story.found() == {}


def test_eval_of_norm_layers_alone_undone_by_train() -> None:
    story = Story()
    of_norm = Literal(Expr("isinstance", (Element("module"), Const(("BatchNorm1d",)))), True)
    story.norm.classes = ("BatchNorm1d",)
    norms = (Selection(of="modules", root=story.model.id, scope="all", at=story.clock + 1, tests=(of_norm,)),)
    optimizer = story.optimizer(story.parameters(story.model))
    story.add(ModeSet, selections=norms, value=FALSE, how="eval", text="m")
    story.mode(story.model, TRUE)
    story.train(optimizer)
    assert story.certain() == {"FRZ302"}
    assert story.lines("FRZ302") == [2]


def test_frozen_dropout() -> None:
    story = Story()
    story.norm.norm = Truth.NO
    story.flag(story.backbone)
    story.train(story.optimizer(story.parameters(story.head)))
    assert story.certain() == {"FRZ303"}


# --- optimizers --------------------------------------------------------------------------------------------------


def test_optimizer_of_all_parameters() -> None:
    story = Story()
    story.flag(story.head)
    story.optimizer(story.parameters(story.model))
    assert story.certain() == {"FRZ201"}


def test_optimizer_of_all_parameters_where_code_goes_on() -> None:
    story = Story(open_end=True)
    story.flag(story.head)
    story.optimizer(story.parameters(story.model))
    assert story.found() == {"FRZ201": Confidence.POSSIBLE}


def test_filtered_optimizer_is_fine() -> None:
    story = Story()
    story.flag(story.head)
    story.optimizer(story.parameters(story.model, requiring(story.clock + 1)))
    assert story.found() == {}


def test_optimizer_of_all_parameters_for_a_later_unfreeze() -> None:
    story = Story()
    story.flag(story.head)
    optimizer = story.optimizer(story.parameters(story.model))
    story.train(optimizer)
    story.flag(story.head, TRUE)
    story.train(optimizer)
    assert story.found() == {}


def test_unfrozen_and_in_no_optimizer() -> None:
    story = Story()
    story.flag(story.head)
    optimizer = story.optimizer(story.parameters(story.model, requiring(story.clock + 1)))
    story.train(optimizer)
    story.flag(story.head, TRUE)
    story.train(optimizer)
    assert story.certain() == {"FRZ203"}
    assert story.lines("FRZ203") == [5]


def test_unfrozen_and_added() -> None:
    story = Story()
    story.flag(story.head)
    optimizer = story.optimizer(story.parameters(story.model, requiring(story.clock + 1)))
    story.flag(story.head, TRUE)
    story.add(ParameterGroupAdded, optimizer=optimizer, groups=(story.parameters(story.head),))
    story.train(optimizer)
    assert story.found() == {}


def test_unfrozen_with_an_unknown_group() -> None:
    story = Story()
    story.flag(story.head)
    optimizer = story.optimizer(None)
    story.flag(story.head, TRUE)
    story.train(optimizer)
    assert story.certain() == set()


def replace_head(story: Story) -> None:
    new = story.module("model.head", None, ["weight", "bias"])
    story.clock += 1
    story.heap.attach(story.model, "head", new, story.clock, ())
    story.add(ModuleReplaced, parent=story.model.id, name="head", old=story.head.id, new=new.id, text="model.head")


def test_head_replaced_after_the_optimizer() -> None:
    story = Story()
    optimizer = story.optimizer(story.parameters(story.model))
    replace_head(story)
    story.train(optimizer)
    assert story.certain() == {"FRZ204"}


def test_head_replaced_before_the_optimizer() -> None:
    story = Story()
    replace_head(story)
    story.train(story.optimizer(story.parameters(story.model)))
    assert story.found() == {}


def test_head_replaced_and_a_new_optimizer() -> None:
    story = Story()
    story.optimizer(story.parameters(story.model))
    replace_head(story)
    story.train(story.optimizer(story.parameters(story.model)))
    assert story.found() == {}


def test_nothing_left_to_train() -> None:
    story = Story()
    story.flag(story.model)
    story.step(story.optimizer(story.parameters(story.head)))
    assert story.certain() == {"FRZ206"}


def test_filter_that_leaves_nothing() -> None:
    story = Story()
    story.flag(story.model)
    story.step(story.optimizer(story.parameters(story.model, requiring(story.clock + 1))))
    assert story.certain() == {"FRZ206"}


def test_frozen_at_first_and_then_trained() -> None:
    story = Story()
    story.flag(story.head)
    optimizer = story.optimizer(story.parameters(story.head))
    story.step(optimizer)
    story.flag(story.head, TRUE)
    story.step(optimizer)
    assert story.found() == {}


def test_unknown_code_leaves_everything_open() -> None:
    story = Story()
    story.flag(story.backbone)
    story.add(Tainted, objects=(story.model.id,))
    story.train(story.optimizer(story.parameters(story.model)))
    assert story.certain() == set()


# --- flags -------------------------------------------------------------------------------------------------------


def on_module(story: Story, item: HeapObject, value: Any) -> None:
    story.add(AttributeSet, target=item.id, kind="module", name="requires_grad", value=value, text=item.label)


def test_module_attribute() -> None:
    story = Story()
    on_module(story, story.backbone, FALSE)
    assert story.certain() == {"FRZ101"}


def test_module_attribute_beside_a_real_freeze() -> None:
    for order in (1, -1):
        story = Story()
        acts = [lambda s=story: on_module(s, s.backbone, FALSE), lambda s=story: s.flag(s.backbone)]
        for act in acts[::order]:
            act()
        assert story.found() == {}


def test_module_attribute_beside_a_smaller_freeze() -> None:
    story = Story()
    on_module(story, story.backbone, FALSE)
    story.flag(story.linear)
    assert story.certain() == {"FRZ101"}


def test_module_attribute_that_was_to_unfreeze() -> None:
    story = Story()
    story.flag(story.model)
    on_module(story, story.head, TRUE)
    rule = next(rule for rule in RULES if rule.code == "FRZ101")
    messages = [finding.message for finding in rule.findings(story.timeline)]
    assert len(messages) == 1 and messages[0].endswith("its parameters stay frozen")


def test_names_that_are_no_misspelling() -> None:
    for name, wrong in (
        ("require_grad", True),
        ("requires_gard", True),
        ("requiresGrad", True),
        ("requires_gradients", True),
        ("requires_grad_sync", False),
        ("_requires_grad", False),
        ("requires_time", False),
        ("grad", False),
    ):
        story = Story()
        story.add(AttributeSet, target=story.head.id, kind="module", name=name, value=FALSE, text="model.head")
        assert ("FRZ102" in story.certain()) is wrong, name
