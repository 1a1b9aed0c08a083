"""The facts of layer classes against the installed torch, mostly by what a built layer does."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from freezelint.libraries.trees.layers import LayerFact, known_layers, layer_fact

torch = pytest.importorskip("torch")
nn = torch.nn

DROPPING = (nn.modules.dropout._DropoutNd, nn.RNNBase, nn.MultiheadAttention)
TORCH_NAMES = [name for name in known_layers() if name.startswith("torch.nn.")]


def fact(name: str) -> LayerFact:
    found = layer_fact(name)
    assert found is not None
    return found


def built(name: str, *arguments: Any, **named: Any) -> Any:
    """A layer of the given class, its required arguments filled in by name where none are given."""
    cls = getattr(nn, name.rpartition(".")[2])
    if arguments:
        return cls(*arguments, **named)
    from tests.libraries.layer_facts import sample

    return sample(cls)


def test_every_class_of_torch_is_known() -> None:
    exported = {name for name, thing in vars(nn).items() if isinstance(thing, type) and issubclass(thing, nn.Module)}
    assert {name.removeprefix("torch.nn.") for name in TORCH_NAMES} == exported
    assert len(exported) > 160


@pytest.mark.parametrize("name", TORCH_NAMES)
def test_defaults(name: str) -> None:
    known, module = fact(name), built(name)
    cls = type(module)
    assert set(known.parameters) == {key for key, _ in module.named_parameters(recurse=False)}
    assert known.norm is (getattr(module, "running_mean", None) is not None)
    if known.stateless:
        assert not list(module.state_dict()) and not list(module.children())
    for argument in (known.statistics_argument, known.affine_argument):
        assert not argument or argument in inspect.signature(cls).parameters
    assert layer_fact(f"{cls.__module__}.{cls.__qualname__}") == known
    if cls is not nn.DataParallel:
        assert layer_fact(f"torch.nn.modules.{cls.__qualname__}") == known
    bases = [base for base in cls.__mro__[1:] if issubclass(base, nn.Module) and base is not nn.Module]
    assert [base.__name__ for base in bases] == [base.rpartition(".")[2] for base in known.bases]


@pytest.mark.parametrize("name", [name for name in TORCH_NAMES if fact(name).bias_argument])
def test_bias_argument(name: str) -> None:
    """Without it the layer has no bias; with it, it has what the fact says."""
    known = fact(name)
    cls = getattr(nn, name.rpartition(".")[2])
    if known.open or known.container or not known.parameters:
        return
    arguments = required(cls)
    names = {key for key, _ in cls(**arguments, **{known.bias_argument: False}).named_parameters(recurse=False)}
    assert not [key for key in names if "bias" in key]
    assert {key for key in known.parameters if "bias" not in key} == names
    if "bias" not in required(cls, but=()):
        assert any("bias" in key for key in known.parameters) is known.bias_default


def required(cls: type[Any], but: tuple[str, ...] = ("bias",)) -> dict[str, Any]:
    """Samples for the arguments without a default, but for some."""
    from tests.libraries.layer_facts import SAMPLES

    parameters = inspect.signature(cls).parameters.values()
    return {one.name: SAMPLES[one.name] for one in parameters if one.default is one.empty and one.name not in but}


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("kind", ["BatchNorm", "InstanceNorm", "LazyBatchNorm", "LazyInstanceNorm"])
@pytest.mark.parametrize("tracks", [True, False, None])
def test_statistics_move(kind: str, rank: int, tracks: bool | None) -> None:
    """The argument and its default decide whether a forward in train mode changes buffers."""
    known = fact(f"torch.nn.{kind}{rank}d")
    named = {} if tracks is None else {known.statistics_argument: tracks}
    layer = getattr(nn, f"{kind}{rank}d")(*([] if kind.startswith("Lazy") else [4]), **named)
    data = torch.randn(3, 4, *[5] * rank) + 2
    layer(data)
    before = {key: value.clone() for key, value in layer.named_buffers() if value is not None}
    layer(data + 1)
    moved = any(not torch.equal(value, before[key]) for key, value in layer.named_buffers() if value is not None)
    assert moved is (known.statistics_default if tracks is None else tracks)


def test_norms_are_complete() -> None:
    norms = {name for name in TORCH_NAMES if fact(name).statistics_argument}
    ranks = {f"torch.nn.{kind}{rank}d" for kind in ("BatchNorm", "InstanceNorm") for rank in (1, 2, 3)}
    assert norms == ranks | {name.replace("nn.", "nn.Lazy") for name in ranks} | {"torch.nn.SyncBatchNorm"}
    assert fact("torch.nn.SyncBatchNorm").norm
    for name in ("LayerNorm", "GroupNorm", "RMSNorm"):
        assert fact(f"torch.nn.{name}").affine_argument and not fact(f"torch.nn.{name}").norm


@pytest.mark.parametrize("name", [name for name in TORCH_NAMES if fact(name).affine_argument])
def test_affine_argument(name: str) -> None:
    known = fact(name)
    cls = getattr(nn, name.rpartition(".")[2])
    assert known.affine_default is ("weight" in known.parameters)
    for affine in (True, False):
        layer = cls(**required(cls), **{known.affine_argument: affine})
        assert ("weight" in dict(layer.named_parameters(recurse=False))) is affine


@pytest.mark.parametrize(
    ("name", "before", "default", "position"),
    [
        ("Dropout", (), 0.5, 0),
        ("Dropout2d", (), 0.5, 0),
        ("AlphaDropout", (), 0.5, 0),
        ("FeatureAlphaDropout", (), 0.5, 0),
        ("LSTM", (4, 4, 2, True, False), 0.0, 5),
        ("GRU", (4, 4, 2, True, False), 0.0, 5),
        ("RNN", (4, 4, 2, "tanh", True, False), 0.0, 6),
        ("MultiheadAttention", (4, 2), 0.0, 2),
        ("TransformerEncoderLayer", (4, 2, 8), 0.1, 3),
        ("TransformerDecoderLayer", (4, 2, 8), 0.1, 3),
        ("Transformer", (4, 2, 1, 1, 8), 0.1, 5),
    ],
)
def test_dropout_argument(name: str, before: tuple[object, ...], default: float, position: int) -> None:
    """Position and default as the fact says, and as the layer takes them."""
    known = fact(f"torch.nn.{name}")
    assert (known.dropout_default, known.dropout_position) == (default, position)
    layer = getattr(nn, name)(*before, 0.25)
    held = {m.p for m in layer.modules() if isinstance(m, nn.modules.dropout._DropoutNd)}
    held |= {m.dropout for m in layer.modules() if isinstance(m, nn.RNNBase | nn.MultiheadAttention)}
    assert held == {0.25}
    by_name = getattr(nn, name)(*before, **{known.dropout_argument: 0.25})
    assert repr(by_name) == repr(layer)


def test_no_other_class_drops() -> None:
    """All classes that hold a dropout, or are one, have the argument; losses and distances do not."""
    dropping = {name for name in TORCH_NAMES if fact(name).dropout_argument}
    for name in TORCH_NAMES:
        module = built(name)
        drops = any(isinstance(m, DROPPING) for m in module.modules())
        given = name.endswith(("TransformerEncoder", "TransformerDecoder"))
        assert (name in dropping) is (drops and not given), name
    assert "torch.nn.PairwiseDistance" not in dropping


def test_random_without_an_argument() -> None:
    assert [name for name in TORCH_NAMES if fact(name).random] == ["torch.nn.RReLU"]
    data = -torch.ones(64)
    layer = nn.RReLU()
    assert not torch.equal(layer(data), layer(data))


def test_max_norm_rescales_a_frozen_weight() -> None:
    for name in ("Embedding", "EmbeddingBag"):
        known = fact(f"torch.nn.{name}")
        layer = getattr(nn, name)(4, 4, **{known.max_norm_argument: 0.1}).eval().requires_grad_(False)
        before = layer.weight.clone()
        layer(torch.tensor([[0, 1]]))
        assert not torch.equal(layer.weight, before)
    assert fact("torch.nn.Linear").max_norm_argument == ""


def test_containers_and_open_classes() -> None:
    containers = {name.rpartition(".")[2] for name in known_layers() if fact(name).container}
    assert containers == {
        "Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict", "Container", "DataParallel",
    }  # fmt: skip
    assert fact("torch.nn.LSTM").open and fact("torch.nn.TransformerEncoder").open
    assert not fact("torch.nn.Conv2d").open


def test_unknown_names() -> None:
    for name in ("", "Linear", "nn.Linear", "torch.nn.quantized.Linear", "torch.nn.qat.Conv2d", "torch.nn.init"):
        assert layer_fact(name) is None


class TestOtherLibraries:
    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("tests.support.torchvision_shim")
        pytest.importorskip("torchvision", reason="torchvision is not installed")

    def test_frozen_batchnorm(self) -> None:
        known = fact("torchvision.ops.FrozenBatchNorm2d")
        assert layer_fact("torchvision.ops.misc.FrozenBatchNorm2d") == known
        assert (known.norm, known.parameters, known.stateless) == (False, (), False)
        layer = pytest.importorskip("torchvision.ops").FrozenBatchNorm2d(4).train()
        before = layer.running_mean.clone()
        layer(torch.randn(2, 4, 3, 3))
        assert torch.equal(layer.running_mean, before) and not list(layer.parameters())

    def test_stochastic_depth(self) -> None:
        known = fact("torchvision.ops.StochasticDepth")
        assert (known.dropout_argument, known.dropout_position, known.dropout_default) == ("p", 0, None)

    def test_timm(self) -> None:
        layers = pytest.importorskip("timm.layers", reason="timm is not installed")
        known = fact("timm.layers.BatchNormAct2d")
        assert known.norm and "torch.nn.BatchNorm2d" in known.bases
        assert isinstance(layers.BatchNormAct2d(4), nn.BatchNorm2d)
        assert fact("timm.layers.DropPath").dropout_argument == "drop_prob"
        assert not fact("timm.layers.FrozenBatchNormAct2d").norm
