"""The stored module trees against what the installed libraries build."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from freezelint.libraries.trees import TreeNode, Variant, timm_tree, torchvision_tree, tree_of
from freezelint.libraries.trees.data import FAMILIES, library, read

if TYPE_CHECKING:
    from torch import nn

TORCHVISION = [
    "alexnet", "resnet18", "resnet50", "vgg16_bn", "densenet121", "mobilenet_v2", "mobilenet_v3_small",
    "efficientnet_b0", "vit_b_16", "swin_t", "convnext_tiny", "regnet_y_400mf", "googlenet", "inception_v3",
    "deeplabv3_resnet50", "fasterrcnn_resnet50_fpn", "ssd300_vgg16", "r3d_18", "raft_small",
]  # fmt: skip
TIMM = [
    "resnet18",
    "vit_tiny_patch16_224",
    "convnext_atto",
    "efficientnet_b0",
    "swin_tiny_patch4_window7_224",
    "nfnet_l0",
]
TRANSFORMERS = ["DistilBertModel", "ResNetModel", "GPT2LMHeadModel", "T5ForConditionalGeneration", "Wav2Vec2Model"]


def known(tree: TreeNode | None) -> TreeNode:
    """A tree that must be there."""
    assert tree is not None
    return tree


def name_of(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def real_modules(model: nn.Module, path: str = "") -> Iterator[tuple[str, nn.Module]]:
    """`named_modules` that also gives the second name of a module that has two."""
    yield path, model
    for name, child in model._modules.items():
        if child is not None:
            yield from real_modules(child, f"{path}.{name}" if path else name)


def assert_same(tree: TreeNode, model: nn.Module) -> None:
    """Every name, class and flag of the stored tree against the real model."""
    from torch import nn
    from torch.nn.utils.parametrize import is_parametrized

    batchnorm = nn.modules.batchnorm._BatchNorm
    assert list(tree.parameter_names()) == [name for name, _ in model.named_parameters()]
    stored, real = dict(tree.modules()), dict(real_modules(model))
    assert list(stored) == list(real)
    for path, module in real.items():
        node = stored[path]
        cls = type(module).__bases__[0] if is_parametrized(module) else type(module)
        assert node.is_a(name_of(cls)), path
        assert {name for name, _ in module.named_parameters(recurse=False)} == set(node.parameters), path
        assert {name for name, p in module.named_parameters(recurse=False) if not p.requires_grad} == set(node.frozen)
        for kind in (nn.Linear, nn.Conv2d, nn.BatchNorm2d, nn.LayerNorm, nn.Sequential, nn.Dropout, batchnorm):
            assert node.is_a(name_of(kind)) is isinstance(module, kind), path
        assert node.norm is isinstance(module, batchnorm), path
        if isinstance(module, nn.modules.dropout._DropoutNd):
            assert node.dropout == pytest.approx(module.p)
    assert tree.holds_norm is any(isinstance(m, batchnorm) for m in model.modules())


class TestWithoutLibraries:
    def test_resnet18(self) -> None:
        tree = known(tree_of("torchvision.models.resnet18"))
        children = tree.children
        assert " ".join(children) == "conv1 bn1 relu maxpool layer1 layer2 layer3 layer4 avgpool fc"
        assert (children["conv1"].cls, children["conv1"].parameters) == ("torch.nn.Conv2d", ("weight",))
        bn1 = children["bn1"]
        assert (bn1.cls, bn1.parameters) == ("torch.nn.BatchNorm2d", ("weight", "bias"))
        assert bn1.norm and bn1.affine
        assert children["layer1"].cls == "torch.nn.Sequential"
        assert children["layer1"].children["0"].cls == "torchvision.models.resnet.BasicBlock"
        assert children["fc"].parameters == ("weight", "bias")
        assert (tree.holds_norm, tree.holds_dropout, children["fc"].holds_norm) == (True, False, False)
        assert len(list(tree.parameter_names())) == 62
        assert list(tree.parameter_names(2)) == ["conv1.weight", "bn1.weight"]

    @pytest.mark.parametrize(
        ("constructor", "cls"),
        [
            ("torchvision.models.resnet.resnet18", "torchvision.models.ResNet"),
            ("torchvision.models.mobilenet.mobilenet_v2", "torchvision.models.MobileNetV2"),
            ("torchvision.models.segmentation.deeplabv3_resnet50", "torchvision.models.segmentation.DeepLabV3"),
            (
                "torchvision.models.detection.faster_rcnn.fasterrcnn_resnet50_fpn",
                "torchvision.models.detection.FasterRCNN",
            ),
            ("torchvision.models.video.r3d_18", "torchvision.models.video.VideoResNet"),
            ("torchvision.models.optical_flow.raft_small", "torchvision.models.optical_flow.RAFT"),
            ("transformers.BertModel", "transformers.BertModel"),
            ("transformers.BertModel.from_pretrained", "transformers.BertModel"),
            ("transformers.models.bert.modeling_bert.BertModel", "transformers.BertModel"),
            ("timm.models.resnet50", "timm.models.ResNet"),
            ("timm.models.resnet.resnet50", "timm.models.ResNet"),
            ("timm.models.vision_transformer.vit_base_patch16_224", "timm.models.VisionTransformer"),
            ("torch.nn.modules.activation.MultiheadAttention", "torch.nn.MultiheadAttention"),
        ],
    )
    def test_spellings(self, constructor: str, cls: str) -> None:
        assert known(tree_of(constructor)).is_a(cls)

    @pytest.mark.parametrize(
        "constructor",
        [
            "",
            "resnet18",
            "torchvision",
            "torchvision.models.ResNet",
            "torchvision.models.nothing",
            "transformers.AutoModel",
            "transformers.AutoModel.from_pretrained",
            "timm.create_model",
            "timm.resnet50",
            "timm.models.resnet.nothing",
            "mypackage.models.resnet18",
            "torch.nn.Linear",
        ],
    )
    def test_unknown(self, constructor: str) -> None:
        assert tree_of(constructor) is None

    def test_paths(self) -> None:
        tree = known(torchvision_tree("resnet50"))
        assert known(tree.at("layer4.2.bn3")).norm
        assert tree.at("") == tree
        assert tree.at("layer4.3") is None
        assert tree.at("layer4.3.bn3.deeper") is None

    def test_is_a(self) -> None:
        bn1 = known(known(timm_tree("efficientnet_b0")).at("bn1"))
        assert bn1.is_a("torch.nn.BatchNorm2d")
        assert bn1.is_a("torch.nn.modules.batchnorm.BatchNorm2d")
        assert bn1.is_a("torch.nn.modules.BatchNorm2d")
        assert bn1.is_a("torch.nn.modules.batchnorm._BatchNorm")
        assert bn1.is_a("torch.nn.Module")
        assert not bn1.is_a("torch.nn.BatchNorm1d")
        assert not bn1.is_a("torch.nn.quantized.BatchNorm2d")
        assert not bn1.is_a("BatchNorm2d")

    def test_heads(self) -> None:
        assert known(known(torchvision_tree("vit_b_16")).at("heads.head")).cls == "torch.nn.Linear"
        assert not known(torchvision_tree("vit_b_16")).holds_norm
        assert known(torchvision_tree("vgg16")).holds_dropout

    def test_timm_names(self) -> None:
        plain = known(timm_tree("resnet50"))
        assert timm_tree("resnet50.a1_in1k") == plain
        assert timm_tree("hf_hub:timm/resnet50.a1_in1k") == plain
        assert timm_tree("hf_hub:somebody/resnet50") is None
        assert timm_tree("nothing") is None
        assert timm_tree("resnet50@headless") is None
        assert timm_tree("") is None
        assert timm_tree("vit_base_patch16_224_in21k") == timm_tree("vit_base_patch16_224")

    def test_heads_of_timm(self) -> None:
        bare, headed = timm_tree("resnet18", Variant.HEADLESS), timm_tree("resnet18", Variant.HEADED)
        assert known(known(bare).at("fc")).cls == "torch.nn.Identity"
        assert headed == timm_tree("resnet18")
        assert known(known(timm_tree("vit_base_patch16_224.mae")).at("head")).cls == "torch.nn.Identity"
        assert known(known(timm_tree("vit_base_patch16_224.mae", Variant.HEADED)).at("head")).cls == "torch.nn.Linear"
        dino = "vit_small_patch14_dinov2"
        assert known(known(timm_tree(dino)).at("head")).cls == "torch.nn.Identity"
        assert known(known(timm_tree(dino, Variant.HEADED)).at("head")).cls == "torch.nn.Linear"
        assert tree_of("torchvision.models.resnet18", Variant.HEADLESS) is None

    def test_detection_is_partly_frozen(self) -> None:
        name = "torchvision.models.detection.fasterrcnn_resnet50_fpn"
        tree, bare = known(tree_of(name)), known(tree_of(name, Variant.BARE))
        assert known(tree.at("backbone.body.bn1")).cls == "torchvision.ops.FrozenBatchNorm2d"
        assert known(tree.at("backbone.body.conv1")).frozen == ("weight",)
        assert known(tree.at("backbone.body.layer4.0.conv1")).frozen == ()
        assert not tree.holds_norm
        assert known(bare.at("backbone.body.bn1")).norm
        assert known(bare.at("backbone.body.conv1")).frozen == ()

    def test_auxiliary_heads(self) -> None:
        name = "torchvision.models.segmentation.fcn_resnet50"
        assert "aux_classifier" not in known(tree_of(name)).children
        assert "aux_classifier" in known(tree_of(name, Variant.WEIGHTS)).children
        assert "aux1" in known(torchvision_tree("googlenet")).children
        assert "aux1" not in known(torchvision_tree("googlenet", Variant.WEIGHTS)).children
        assert "AuxLogits" in known(torchvision_tree("inception_v3", Variant.WEIGHTS)).children

    def test_tied(self) -> None:
        tree = known(tree_of("transformers.GPT2LMHeadModel"))
        assert tree.tied == (("transformer.wte.weight", "lm_head.weight"),)
        assert "lm_head.weight" not in list(tree.parameter_names())
        assert list(tree.children["lm_head"].parameter_names()) == ["weight"]
        encoder_decoder = known(tree_of("transformers.T5Model"))
        assert len(encoder_decoder.tied[0]) == 3
        assert encoder_decoder.children["encoder"].tied == ()

    def test_open(self) -> None:
        bert = known(tree_of("transformers.BertModel"))
        assert known(bert.at("encoder.layer")).open
        assert not known(bert.at("encoder.layer.0.output")).open
        assert not known(torchvision_tree("resnet18")).open

    @pytest.mark.parametrize("family", FAMILIES)
    def test_files_are_sound(self, family: str) -> None:
        stored = library(family)
        assert len(read(f"{family}.json")) < 400_000
        for index, row in enumerate(stored.rows):
            assert all(child < index for _, child in row.children)
            assert set(row.frozen) <= set(row.parameters)
            assert 0 <= row.dropout < 1
            assert row.cls in stored.classes
        assert len(set(stored.rows)) == len(stored.rows)
        assert set(stored.spellings.values()) <= set(stored.roots)
        assert {base for entry in stored.classes.values() for base in entry.bases} <= set(stored.classes)
        for key, root in stored.roots.items():
            tree = TreeNode(stored, root.node)
            for name in (name for group in root.tied for name in group):
                owner = tree.at(name.rpartition(".")[0])
                assert owner is not None and name.rpartition(".")[2] in owner.parameters, key

    def test_only_what_is_asked_for_is_read(self) -> None:
        code = (
            "import sys; from freezelint.libraries.trees import tree_of, layer_fact;"
            "from freezelint.libraries.trees.data import library;"
            "tree_of('numpy.array'); assert library.cache_info().currsize == 0;"
            "tree_of('torchvision.models.resnet18'); layer_fact('torch.nn.Linear');"
            "assert library.cache_info().currsize == 1; assert not {'torch', 'torchvision', 'timm'} & set(sys.modules)"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)

    def test_places_that_changed_between_releases_are_open(self) -> None:
        releases = msgspec.json.decode(Path(__file__).with_name("older_releases.json").read_bytes())
        assert releases
        for classes in releases.values():
            for name, places in classes.items():
                tree = known(tree_of(f"transformers.{name}"))
                for place in places:
                    assert known(tree.at(place.replace("*", "0"))).open, (name, place)
        assert known(tree_of("transformers.ViTModel")).open


class TestAgainstTorchvision:
    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("torch")
        pytest.importorskip("tests.support.torchvision_shim")
        pytest.importorskip("torchvision")

    @pytest.mark.parametrize("name", TORCHVISION)
    def test_model(self, name: str) -> None:
        from tests.libraries.model_builds import build_torchvision

        assert_same(known(torchvision_tree(name)), build_torchvision(name))

    @pytest.mark.parametrize("variant", [Variant.WEIGHTS, Variant.BARE])
    @pytest.mark.parametrize("name", ["fcn_resnet50", "maskrcnn_resnet50_fpn"])
    def test_variant(self, name: str, variant: Variant) -> None:
        from tests.libraries.model_builds import VARIANT_ARGUMENTS, build_torchvision

        model = build_torchvision(name, **VARIANT_ARGUMENTS[variant.value])
        assert_same(known(torchvision_tree(name, variant)), model)

    @pytest.mark.parametrize("name", ["resnet18", "vgg11", "densenet121", "vit_b_16", "squeezenet1_1", "fcn_resnet50"])
    def test_number_of_classes_changes_no_name(self, name: str) -> None:
        from tests.libraries.model_builds import build_torchvision

        assert_same(known(torchvision_tree(name)), build_torchvision(name, num_classes=7))

    def test_every_model_is_known(self) -> None:
        models = pytest.importorskip("torchvision.models")
        names = [name for name in models.list_models() if not name.startswith("quantized_")]
        assert [name for name in names if torchvision_tree(name) is None] == []

    @pytest.mark.parametrize("name", ["resnet18", "mobilenet_v2", "vit_b_16", "swin_t", "densenet121"])
    def test_train_mode_does_what_the_tree_says(self, name: str) -> None:
        """Running statistics move where the tree holds a norm, and outputs vary where it holds dropout."""
        import torch

        models = pytest.importorskip("torchvision.models")
        torch.manual_seed(0)
        model = models.get_model(name).train()
        tree = known(torchvision_tree(name))
        before = {key: buffer.clone() for key, buffer in model.named_buffers()}
        with torch.no_grad():
            images = torch.randn(2, 3, 224, 224)
            one, two = model(images), model(images)
        moved = {key for key, buffer in model.named_buffers() if not torch.equal(buffer, before[key])}
        assert {key.rpartition(".")[0] for key in moved} == {path for path, node in tree.modules() if node.norm}
        assert tree.holds_dropout is not torch.equal(one, two)


class TestAgainstTimm:
    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("tests.support.torchvision_shim", reason="torch is not installed")
        pytest.importorskip("timm", reason="timm is not installed")

    @pytest.mark.parametrize("name", TIMM)
    def test_model(self, name: str) -> None:
        from tests.libraries.model_builds import build_timm

        assert_same(known(timm_tree(name)), build_timm(name))
        assert_same(known(timm_tree(name, Variant.HEADLESS)), build_timm(name, num_classes=0))
        assert_same(known(timm_tree(name, Variant.HEADED)), build_timm(name, num_classes=7, in_chans=1))

    @pytest.mark.parametrize(
        "name", ["vit_small_patch16_224.dino", "vit_tiny_patch16_224_in21k", "mobilenetv3_large_100.miil_in21k"]
    )
    def test_tag_and_old_name(self, name: str) -> None:
        from tests.libraries.model_builds import build_timm

        assert_same(known(timm_tree(name)), build_timm(name))


class TestAgainstTransformers:
    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("tests.support.torchvision_shim", reason="torch is not installed")
        pytest.importorskip("transformers", reason="transformers is not installed")

    @pytest.mark.parametrize("name", TRANSFORMERS)
    def test_model(self, name: str) -> None:
        from tests.libraries.model_builds import build_transformers

        assert_same(known(tree_of(f"transformers.{name}")), build_transformers(name))

    @pytest.mark.parametrize(
        ("name", "settings"),
        [
            ("BertModel", {"num_hidden_layers": 3, "hidden_size": 48, "num_attention_heads": 4}),
            ("ResNetModel", {"layer_type": "basic", "depths": [2, 2], "hidden_sizes": [16, 32]}),
            ("DebertaV2Model", {"relative_attention": True, "pos_att_type": ["c2p", "p2c"], "num_hidden_layers": 2}),
            ("Wav2Vec2Model", {"do_stable_layer_norm": True, "feat_extract_norm": "layer", "num_hidden_layers": 3}),
            ("LlamaForCausalLM", {"num_hidden_layers": 2, "tie_word_embeddings": True}),
        ],
    )
    def test_other_configurations_differ_in_open_places_only(self, name: str, settings: dict[str, Any]) -> None:
        import transformers

        from tests.libraries.model_builds import build_transformers

        tree = known(tree_of(f"transformers.{name}"))
        model = build_transformers(name, getattr(transformers, name).config_class(**settings))
        found = {key for key, _ in model.named_parameters()}
        lost = set(tree.parameter_names()) ^ found
        assert lost
        for dotted in lost:
            assert any(node.open for node in along(tree, dotted)), dotted


def along(tree: TreeNode, dotted: str) -> Iterator[TreeNode]:
    """The nodes on the way to a parameter, as far as the tree knows them."""
    parts = dotted.split(".")[:-1]
    for length in range(len(parts) + 1):
        node = tree.at(".".join(parts[:length]))
        if node is None:
            return
        yield node
