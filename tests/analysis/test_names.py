"""Which names a model has is known where all of it is: tied weights, unknown parts, computed weights."""

from __future__ import annotations

from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.core.timeline import ParameterAtom, Timeline
from freezelint.core.truth import NO, YES
from freezelint.source.files import SourceFile

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.out = nn.Linear(4, 9)

    @classmethod
    def build(cls):
        return cls()

    def forward(self, ids):
        return self.out(self.extra(self.embed(ids)))

net = Net.build()
"""


def story(text: str) -> Timeline:
    (timeline,) = Entries(Project([SourceFile(path="/program/main.py", text=NET + text)])).timelines()
    return timeline


def names(text: str) -> tuple[str, ...] | None:
    timeline = story(text)
    return timeline.parameter_names(_find(timeline, "net"), timeline.events[-1].time + 1, ())


def _find(timeline: Timeline, label: str) -> int:
    return next(item.id for item in timeline.heap if item.label == label)


def _child(timeline: Timeline, name: str) -> int:
    net = timeline.heap[_find(timeline, "net")]
    return next(edge.child for edge in net.edges if edge.name == name)


def test_a_class_method_makes_an_instance() -> None:
    assert names("net.requires_grad_(False)") == ("embed.weight", "out.weight", "out.bias")


def test_a_tied_weight_is_listed_once() -> None:
    assert names("net.out.weight = net.embed.weight") == ("embed.weight", "out.bias")


def test_what_is_not_known_hides_names() -> None:
    assert names("import sys\nnet.extra = sys.modules['x'].make[0](4)\nnet.requires_grad_(False)") is None


def test_computed_weights_stand_under_other_names() -> None:
    norm = "net.out = nn.utils.weight_norm(nn.Linear(4, 9))\nnet.requires_grad_(False)"
    assert names(norm) == ("embed.weight", "out.bias", "out.weight_g", "out.weight_v")
    parametrized = "nn.utils.parametrizations.orthogonal(net.out)\nnet.requires_grad_(False)"
    assert names(parametrized) == ("embed.weight", "out.bias", "out.parametrizations.weight.original")


def test_a_freeze_reaches_both_names() -> None:
    timeline = story("net.out.weight = net.embed.weight\nnet.embed.requires_grad_(False)\nnet.zero_grad()")
    after = timeline.events[-1].time + 1
    embed, out = ParameterAtom(_child(timeline, "embed"), "weight"), _child(timeline, "out")
    assert timeline.requires_grad(embed, after, ()).truth is NO
    assert timeline.requires_grad(ParameterAtom(out, "weight"), after, ()).truth is NO
    assert timeline.requires_grad(ParameterAtom(out, "bias"), after, ()).truth is YES


def test_old_weight_norm_forgets_a_freeze() -> None:
    timeline = story("net.requires_grad_(False)\nnn.utils.weight_norm(net.out)\nnet.zero_grad()")
    after = timeline.events[-1].time + 1
    out = _child(timeline, "out")
    assert timeline.requires_grad(ParameterAtom(out, "weight_g"), after, ()).truth is YES
    assert timeline.requires_grad(ParameterAtom(out, "bias"), after, ()).truth is NO
