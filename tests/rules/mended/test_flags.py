"""The fixes of rules about flags in code as people write it: in methods, helpers, other files, under other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.mended.mending import NET, STEPS, mended, run

_SGD = "optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)\n"
_ALL = "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"


def net_with(method: str) -> str:
    """The usual model with one more method."""
    return NET.replace("    def forward", f"{method}\n    def forward")


KERAS = {
    "loop over layers": (
        f"{NET}model = Net()\nfor layer in model.backbone:\n    layer.trainable = False\n{_SGD}{STEPS}",
        ["-    layer.trainable = False", "+    layer.requires_grad_(False)"],
    ),
    "loop over parameters": (
        f"{NET}model = Net()\nfor p in model.backbone.parameters():\n    p.trainable = False\n{_SGD}{STEPS}",
        ["-    p.trainable = False", "+    p.requires_grad = False"],
    ),
    "method": (
        net_with("    def freeze(self):\n        self.backbone.trainable = False\n")
        + f"model = Net()\nmodel.freeze()\n{_SGD}{STEPS}",
        ["-        self.backbone.trainable = False", "+        self.backbone.requires_grad_(False)"],
    ),
    "setattr": (
        f'{NET}model = Net()\nsetattr(model.backbone[0], "trainable", False)\n{_SGD}{STEPS}',
        ['-setattr(model.backbone[0], "trainable", False)', "+model.backbone[0].requires_grad_(False)"],
    ),
}
LAZY = {
    "helper": (
        f"{NET}def freeze(m):\n    map(lambda p: p.requires_grad_(False), m.parameters())\n\n\n"
        f"model = Net()\nfreeze(model.backbone)\n{_SGD}{STEPS}",
        [
            "-    map(lambda p: p.requires_grad_(False), m.parameters())",
            "+    for p in m.parameters():",
            "+        p.requires_grad_(False)",
        ],
    ),
    "the name is taken": (
        f"{NET}model = Net()\np = 0.1\nmap(lambda p: p.requires_grad_(False), model.backbone.parameters())\n"
        f"print(p)\n{_SGD}{STEPS}",
        [
            "-map(lambda p: p.requires_grad_(False), model.backbone.parameters())",
            "+for p_2 in model.backbone.parameters():",
            "+    p_2.requires_grad_(False)",
        ],
    ),
    "generator": (
        f'{NET}model = Net()\n(p.requires_grad_(False) for n, p in model.named_parameters() if "backbone" in n)\n'
        f"{_SGD}{STEPS}",
        [
            '-(p.requires_grad_(False) for n, p in model.named_parameters() if "backbone" in n)',
            "+for n, p in model.named_parameters():",
            '+    if "backbone" in n:',
            "+        p.requires_grad_(False)",
        ],
    ),
    "function": (
        f"{NET}def off(p):\n    p.requires_grad = False\n\n\n"
        f"model = Net()\nmap(off, model.backbone.parameters())\n{_SGD}{STEPS}",
        [
            "-map(off, model.backbone.parameters())",
            "+for each in model.backbone.parameters():",
            "+    off(each)",
        ],
    ),
    "kept under a name": (
        f"{NET}model = Net()\ndone = map(lambda p: p.requires_grad_(False), model.backbone.parameters())\n"
        f"{_SGD}{STEPS}",
        [
            "-done = map(lambda p: p.requires_grad_(False), model.backbone.parameters())",
            "+done = list(map(lambda p: p.requires_grad_(False), model.backbone.parameters()))",
        ],
    ),
}
EVAL = {
    "helper": (
        f"{NET}def freeze(part):\n    part.eval()\n\n\nmodel = Net()\nfreeze(model.backbone)\n{_SGD}{STEPS}",
        ["+    part.requires_grad_(False)"],
    ),
    "loop": (
        net_with("    def freeze_backbone(self):\n        for layer in self.backbone:\n            layer.eval()\n")
        + f"model = Net()\nmodel.freeze_backbone()\n{_SGD}{STEPS}",
        ["+            layer.requires_grad_(False)"],
    ),
    "returned": (
        f"{NET}def frozen(part):\n    return part.eval()\n\n\nmodel = Net()\nfrozen(model.backbone)\n{_SGD}{STEPS}",
        ["-    return part.eval()", "+    return part.eval().requires_grad_(False)"],
    ),
}
_PARSER = "import argparse\nparser = argparse.ArgumentParser()\n"
_DECIDES = (
    "args = parser.parse_args([])\nmodel = Net()\nif args.freeze:\n    model.backbone.requires_grad_(False)\n"
    f"{_SGD}{STEPS}"
)
_READS = 'lambda text: text.lower() not in ("", "0", "f", "false", "n", "no", "off")'
OPTIONS = {
    "no default": (
        f'{NET}{_PARSER}parser.add_argument("--freeze", type=bool)\n{_DECIDES}',
        ['-parser.add_argument("--freeze", type=bool)', f'+parser.add_argument("--freeze", type={_READS})'],
    ),
    "over several lines": (
        f'{NET}{_PARSER}parser.add_argument(\n    "--freeze",\n    type=bool,  # on or off\n    nargs="?",\n'
        f"    const=True,\n)\n{_DECIDES}",
        ["-    type=bool,  # on or off", f"+    type={_READS},  # on or off"],
    ),
    "helper": (
        f'{NET}{_PARSER}def add(parser):\n    group = parser.add_argument_group("model")\n'
        f'    group.add_argument("--freeze", type=bool, default=False)\n\n\nadd(parser)\n{_DECIDES}',
        [
            '-    group.add_argument("--freeze", type=bool, default=False)',
            f'+    group.add_argument("--freeze", type={_READS}, default=False)',
        ],
    ),
}
_EMBEDDED = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, vectors):
        super().__init__()
        {made}
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.embedding(x).mean(1))


def batch():
    return torch.randint(0, 20, (4, 5)), torch.tensor([0, 1, 2, 0])


model = Net(torch.randn(20, 8))
"""
DEFAULT = {
    "another argument": (
        _EMBEDDED.format(made="self.embedding = nn.Embedding.from_pretrained(vectors, padding_idx=0)") + _ALL + STEPS,
        [
            "-        self.embedding = nn.Embedding.from_pretrained(vectors, padding_idx=0)",
            "+        self.embedding = nn.Embedding.from_pretrained(vectors, padding_idx=0, freeze=False)",
        ],
    ),
    "over several lines": (
        _EMBEDDED.format(made="self.embedding = nn.Embedding.from_pretrained(\n            vectors,\n        )")
        + _ALL + STEPS,
        ["+            freeze=False,"],
    ),
    "another name": (
        _EMBEDDED.replace("from torch import nn\n", "from torch import nn\nfrom torch.nn import Embedding as Words\n")
        .format(made="self.embedding = Words.from_pretrained(vectors)") + _ALL + STEPS,
        [
            "-        self.embedding = Words.from_pretrained(vectors)",
            "+        self.embedding = Words.from_pretrained(vectors, freeze=False)",
        ],
    ),
}  # fmt: skip
_ADAPTER = """\
class LoRA(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(base.in_features, 2, bias=False)
        self.lora_B = nn.Linear(2, base.out_features, bias=False)

    def forward(self, x):
        return self.base(x) + self.lora_B(self.lora_A(x))


"""
_INJECTED = f"{NET}{_ADAPTER}model = Net()\nmodel.backbone[0] = LoRA(model.backbone[0])\n"
ADAPTERS = {
    "method": (
        f"{_INJECTED}model.backbone.requires_grad_(False)\n{_SGD}{STEPS}",
        [
            "+for name, parameter in model.backbone.named_parameters():",
            '+    if "lora_" in name:',
            "+        parameter.requires_grad = True",
        ],
    ),
    "helper": (
        f"{_INJECTED}def freeze(part):\n    for p in part.parameters():\n        p.requires_grad = False\n\n\n"
        f"freeze(model.backbone)\n{_SGD}{STEPS}",
        [
            "+    for name, parameter in part.named_parameters():",
            '+        if "lora_" in name:',
            "+            parameter.requires_grad = True",
        ],
    ),
}
_PEFT = f"""\
{NET}from peft import LoraConfig, get_peft_model
model = get_peft_model(Net(), LoraConfig(r=2, target_modules=["backbone.0"], modules_to_save=["head"]))
"""
ADAPTERS |= {
    "peft method": (f"{_PEFT}model.requires_grad_(False)\n{_SGD}{STEPS}", ["-model.requires_grad_(False)"]),
    "peft loop": (
        f"{_PEFT}for p in model.parameters():\n    p.requires_grad = False\n{_SGD}{STEPS}",
        ["-for p in model.parameters():", "-    p.requires_grad = False"],
    ),
}
_CASES = [
    pytest.param(code, program, lines, id=f"{code}-{name.replace(' ', '-')}")
    for code, shapes in {
        "FRZ109": KERAS, "FRZ110": LAZY, "FRZ116": EVAL, "FRZ118": OPTIONS, "FRZ122": DEFAULT,
        "FRZ503": ADAPTERS,
    }.items()
    for name, (program, lines) in shapes.items()
]  # fmt: skip


@pytest.mark.parametrize(("code", "program", "lines"), _CASES)
def test_mended(code: str, program: str, lines: list[str], tmp_path: Path) -> None:
    assert mended(tmp_path, code, program) == lines
    run(tmp_path / "main.py")


def test_a_helper_in_another_file(tmp_path: Path) -> None:
    files = {
        "helpers.py": "def freeze(module):\n    module.trainable = False\n",
        "main.py": f"from helpers import freeze\n{NET}model = Net()\nfreeze(model.backbone)\n{_SGD}{STEPS}",
    }
    assert mended(tmp_path, "FRZ109", files) == [
        "-    module.trainable = False",
        "+    module.requires_grad_(False)",
    ]


@pytest.mark.parametrize(
    ("code", "program"),
    [
        # The method takes nothing but a bool.
        ("FRZ109", f"{NET}model = Net()\nmodel.backbone.trainable = 0\n{_SGD}{STEPS}"),
        # The value of the chain would be another one.
        ("FRZ109", f"{NET}model = Net()\nmodel.backbone.trainable = flag = False\n{_SGD}{STEPS}"),
        # Who else is given these options is not known.
        ("FRZ122", _EMBEDDED.replace("vectors):", "vectors, **more):")
         .format(made="self.embedding = nn.Embedding.from_pretrained(vectors, **{})") + _ALL + STEPS),
        # The same line freezes a teacher.
        ("FRZ503", f"{_INJECTED}teacher = Net()\ndef freeze(part):\n    for p in part.parameters():\n"
         f"        p.requires_grad = False\n\n\nfreeze(teacher)\nfreeze(model.backbone)\n{_SGD}{STEPS}"),
        # A name does not tell the adapter from the base.
        ("FRZ503", _INJECTED.replace("self.base", "self.explora_base")
         + f"model.backbone.requires_grad_(False)\n{_SGD}{STEPS}"),
    ],
)  # fmt: skip
def test_left_alone(code: str, program: str, tmp_path: Path) -> None:
    assert mended(tmp_path, code, program) == []
