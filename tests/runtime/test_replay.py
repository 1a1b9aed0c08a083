"""`freezelint confirm PATH --model`: what programs do, replayed on real architectures with random weights."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.repository.modules import ROOT

pytest.importorskip("torch")

MODELS = """
from tests.support import torchvision_shim

def resnet18():
    import torchvision
    return torchvision.models.resnet18(num_classes=5)

def test_resnet():
    import timm
    return timm.create_model("test_resnet")

def test_vit():
    import timm
    return timm.create_model("test_vit")

def bert():
    from transformers import BertConfig, BertForSequenceClassification
    return BertForSequenceClassification(BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=16, num_labels=2))

def gpt2():
    from transformers import GPT2Config, GPT2LMHeadModel
    return GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=16, n_layer=2, n_head=2))

def vit():
    from transformers import ViTConfig, ViTForImageClassification
    return ViTForImageClassification(ViTConfig(hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=16, image_size=32, patch_size=16))

def nothing():
    return 3
"""
TRAIN = """
import torch
{load}

for p in model.{part}.parameters():
    p.requires_grad = False
model.{head}.requires_grad = False
optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
model.train()
for x, y in loader:
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
for p in model.{part}.parameters():
    p.requires_grad = True
for x, y in loader:
    optimizer.zero_grad()
    criterion(model(x), y).backward()
    optimizer.step()
"""
CASES = {
    "resnet18": ("import torchvision\nmodel = torchvision.models.resnet18()", "layer4", "fc"),
    "test_resnet": ("import timm\nmodel = timm.create_model('test_resnet')", "layer4", "fc"),
    "test_vit": ("import timm\nmodel = timm.create_model('test_vit')", "blocks", "head"),
    "bert": (
        "from transformers import BertForSequenceClassification\n"
        "model = BertForSequenceClassification.from_pretrained('bert-base-uncased')",
        "bert.encoder", "classifier",
    ),
    "gpt2": ("from transformers import GPT2LMHeadModel\nmodel = GPT2LMHeadModel.from_pretrained('gpt2')",
             "transformer.h", "transformer.ln_f"),
    "vit": (
        "from transformers import ViTForImageClassification\n"
        "model = ViTForImageClassification.from_pretrained('google/vit-base-patch16-224')",
        "vit.layers", "classifier",
    ),
}  # fmt: skip


def needs(package: str) -> None:
    """Skip where a package is not installed. It is not imported here: that would need the shim."""
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")


def replayed(folder: Path, model: str, *more: str) -> tuple[dict[str, dict[str, Any]], str, int]:
    """The findings by code, standard error, and the exit code."""
    (folder / "models.py").write_text(MODELS)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    command = [sys.executable, "-m", "freezelint", "confirm", "train.py", "--model", f"models:{model}", *more]
    done = subprocess.run(
        [*command, "--output-format", "json=found.json"], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    file = folder / "found.json"
    found = json.loads(file.read_text())["findings"] if file.exists() else []
    return {each["code"]: each for each in found}, done.stderr, done.returncode


_QUICK = ("resnet18", "bert")
"""The others run with `-m confirm`: importing their libraries takes its time."""


@pytest.mark.parametrize(
    "model", [each if each in _QUICK else pytest.param(each, marks=pytest.mark.confirm) for each in CASES]
)
def test_findings_are_confirmed_on_real_architectures(tmp_path: Path, model: str) -> None:
    load, part, head = CASES[model]
    needs({"resnet18": "torchvision", "test_resnet": "timm", "test_vit": "timm"}.get(model, "transformers"))
    (tmp_path / "train.py").write_text(TRAIN.format(load=load, part=part, head=head))
    found, told, status = replayed(tmp_path, model)
    assert status == 1
    flag, late = found["FRZ101"]["verdict"], found["FRZ203"]["verdict"]
    assert flag["outcome"] == "confirmed", told
    assert flag["evidence"]["requiring_grad"] > 0
    assert late["outcome"] == "confirmed", told
    assert late["evidence"]["parameters"] > 0
    assert late["steps"] > 1


def test_a_correct_program_is_clean(tmp_path: Path) -> None:
    needs("timm")
    text = TRAIN.format(load=CASES["test_vit"][0], part="blocks", head="head")
    text = text.replace("model.head.requires_grad = False\n", "").partition("for p in model.blocks.parameters():\n")
    rest = text[2].partition("for p in model.blocks.parameters():\n")[0].partition("\n")[2]
    (tmp_path / "train.py").write_text(f"{text[0]}model.blocks.requires_grad_(False)\n{rest}")
    found, told, status = replayed(tmp_path, "test_vit")
    assert (found, status) == ({}, 0), told


def test_the_shape_can_be_given(tmp_path: Path) -> None:
    needs("timm")
    (tmp_path / "train.py").write_text(TRAIN.format(load=CASES["test_resnet"][0], part="layer4", head="fc"))
    assert replayed(tmp_path, "test_resnet", "--input", "2,3,64,64")[0]["FRZ203"]["verdict"]["outcome"] == "confirmed"
    assert "no batch was found" in replayed(tmp_path, "test_resnet", "--input", "2,5,64,64")[1]
    assert "no shape" in replayed(tmp_path, "test_resnet", "--input", "large")[1]


def test_what_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN.format(load="model = build()", part="body", head="head"))
    assert "gives no torch.nn.Module" in replayed(tmp_path, "nothing")[1]
    assert "there is no models:missing" in replayed(tmp_path, "missing")[1]
    assert "is no file" in replayed(tmp_path, "nothing", "missing.py")[1]
