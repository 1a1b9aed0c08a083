"""FRZ203 mended in the shapes in which people unfreeze: in methods and helpers, now and then, under schedulers."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from tests.rules.mended.mending import NET, STEPS, mended, run

_EPOCHS = STEPS.replace("for _", "for epoch").replace("range(3)", "range(4)")
_STEP = _EPOCHS.split("\n", 1)[1]
_FILTERED = "torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)"
_OFF = "model = Net()\nmodel.backbone.requires_grad_(False)\n"
_ADDED = 'optimizer.add_param_group({"params": model.backbone.parameters()})'
_FROM_THE_START = [f"-optimizer = {_FILTERED}", "+optimizer = torch.optim.SGD(model.parameters(), lr=0.1)"]


def epochs(body: str, *, end: str = "") -> str:
    """A loop over epochs with something at the start of each, and at its end."""
    return f"for epoch in range(4):\n{body}{_STEP}{end}"


def net_with(*methods: str) -> str:
    return NET.replace("    def forward", "".join(f"{each}\n" for each in methods) + "    def forward")


_FREEZE = "    def freeze(self):\n        for p in self.backbone.parameters():\n            p.requires_grad = False\n"
SHAPES = {
    "class of its own": (
        f"{NET}class Trainer:\n    def __init__(self, model):\n        self.model = model\n"
        "        self.model.backbone.requires_grad_(False)\n"
        "        self.optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, self.model.parameters()))\n\n"
        "    def unfreeze(self):\n        for p in self.model.backbone.parameters():\n"
        "            p.requires_grad = True\n\n"
        "    def fit(self):\n        for epoch in range(4):\n            if epoch == 2:\n"
        "                self.unfreeze()\n            x, y = batch()\n"
        "            loss = nn.functional.cross_entropy(self.model(x), y)\n            self.optimizer.zero_grad()\n"
        "            loss.backward()\n            self.optimizer.step()\n\n\n"
        "trainer = Trainer(Net())\ntrainer.fit()\nmodel, optimizer = trainer.model, trainer.optimizer\n",
        ['+                self.optimizer.add_param_group({"params": self.model.backbone.parameters()})'],
    ),
    "built in a helper": (
        f"{NET}def build(net):\n    params = [p for p in net.parameters() if p.requires_grad]\n"
        f"    return torch.optim.SGD(params, lr=0.1)\n\n\n{_OFF}optimizer = build(model)\n"
        + epochs("    if epoch == 2:\n        model.backbone.requires_grad_(True)\n"),
        [f"+        {_ADDED}"],
    ),
    "one of two results": (
        f"{NET}def build():\n    net = Net()\n    net.backbone.requires_grad_(False)\n"
        "    optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)\n    return net, optimizer\n\n\n"
        "model, optimizer = build()\n" + epochs("    if epoch == 2:\n        model.backbone.requires_grad_(True)\n"),
        [f"+        {_ADDED}"],
    ),
    "method of the model": (
        net_with(_FREEZE, _FREEZE.replace("freeze", "unfreeze").replace("False", "True"))
        + f"model = Net()\nmodel.freeze()\noptimizer = {_FILTERED}\n"
        + epochs("    if epoch == 2:\n        model.unfreeze()\n"),
        [f"+        {_ADDED}"],
    ),
    "toggle": (
        f"{NET}def switch(part, on):\n    for p in part.parameters():\n        p.requires_grad = on\n\n\n"
        f"model = Net()\nswitch(model.backbone, False)\noptimizer = {_FILTERED}\n{_EPOCHS}"
        f"switch(model.backbone, True)\n{_EPOCHS}",
        [f"+{_ADDED}"],
    ),
    "from an epoch on": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\n"
        + epochs("    if epoch >= 2:\n        model.backbone.requires_grad_(True)\n"),
        _FROM_THE_START,
    ),
    "from an epoch on, the head alone before": (
        f"{NET}{_OFF}optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)\n"
        + epochs("    if epoch >= 2:\n        model.backbone.requires_grad_(True)\n"),
        [
            "-optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)",
            "+optimizer = torch.optim.SGD([*model.head.parameters(), *model.backbone.parameters()], lr=0.1)",
        ],
    ),
    "groups": (
        f'{NET}{_OFF}optimizer = torch.optim.SGD([{{"params": model.head.parameters(), "lr": 1.0}}], lr=0.1)\n'
        + epochs("    if epoch >= 2:\n        model.backbone.requires_grad_(True)\n"),
        [
            '-optimizer = torch.optim.SGD([{"params": model.head.parameters(), "lr": 1.0}], lr=0.1)',
            '+optimizer = torch.optim.SGD([{"params": model.head.parameters(), "lr": 1.0}, '
            '{"params": model.backbone.parameters()}], lr=0.1)',
        ],
    ),
    "a schedule of parts": (
        f"{NET}model = Net()\nmodel.requires_grad_(False)\nmodel.head.requires_grad_(True)\noptimizer = {_FILTERED}\n"
        "parts = {1: model.backbone[0]}\n"
        + epochs(
            "    if epoch in parts:\n        for p in parts[epoch].parameters():\n            p.requires_grad = True\n"
        ),
        _FROM_THE_START,
    ),
    "by name": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\n"
        + epochs(
            '    if epoch == 2:\n        for name, p in model.named_parameters():\n            if "backbone" in name:\n'
            "                p.requires_grad = True\n"
        ),
        _FROM_THE_START,
    ),
    "everything": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\n" + epochs("    if epoch == 2:\n        model.requires_grad_(True)\n"),
        [f"+        {_ADDED}"],
    ),
    "everything, from an epoch on": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\n" + epochs("    if epoch >= 2:\n        model.requires_grad_(True)\n"),
        _FROM_THE_START,
    ),
    "a counter": (
        f"{NET}class Trainer:\n    def __init__(self, model):\n        self.model, self.step = model, 0\n"
        "        self.model.backbone[0].weight.requires_grad = False\n"
        "        self.optimizer = torch.optim.Adam([*model.head.parameters(), model.backbone[0].bias])\n\n"
        "    def train(self, x, y):\n        if self.step == 2:\n"
        "            self.model.backbone[0].weight.requires_grad = True\n"
        "        loss = nn.functional.cross_entropy(self.model(x), y)\n        self.optimizer.zero_grad()\n"
        "        loss.backward()\n        self.optimizer.step()\n        self.step += 1\n\n\n"
        "model = Net()\ntrainer = Trainer(model)\nfor _ in range(4):\n    trainer.train(*batch())\n"
        "optimizer = trainer.optimizer\n",
        ['+            self.optimizer.add_param_group({"params": [self.model.backbone[0].weight]})'],
    ),
    "a callback": (
        f"{NET}class Unfreeze:\n    def __init__(self, net, epoch):\n        self.net = net\n"
        "        self.epoch = epoch\n\n    def start(self, epoch):\n        if epoch == self.epoch:\n"
        "            for p in self.net.backbone.parameters():\n                p.requires_grad = True\n\n\n"
        "def trainable(net):\n    return [p for p in net.parameters() if p.requires_grad]\n\n\n"
        "def main():\n"
        + indent(
            f"{_OFF}optimizer = torch.optim.SGD(trainable(model), lr=0.1)\ncallback = Unfreeze(model, 2)\n"
            f"{epochs('    callback.start(epoch)' + chr(10))}return model, optimizer\n",
            "    ",
        )
        + "\n\nmodel, optimizer = main()\n",
        [
            "-    optimizer = torch.optim.SGD(trainable(model), lr=0.1)",
            "+    optimizer = torch.optim.SGD([*trainable(model), *model.backbone.parameters()], lr=0.1)",
        ],
    ),
    "kept in a list, while another part stays frozen": (
        f"{NET}{_OFF}model.head.bias.requires_grad = False\n"
        "trainable = [p for p in model.parameters() if p.requires_grad]\n"
        "optimizer = torch.optim.SGD(trainable, lr=0.1)\n"
        + epochs("    if epoch % 3 == 2:\n        model.backbone.requires_grad_(True)\n"),
        [
            "-optimizer = torch.optim.SGD(trainable, lr=0.1)",
            "+optimizer = torch.optim.SGD([*trainable, *model.backbone.parameters()], lr=0.1)",
        ],
    ),
    "a scheduler that takes in groups": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\nscheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)\n"
        + epochs("    if epoch == 2:\n        model.backbone.requires_grad_(True)\n", end="    scheduler.step()\n"),
        [f"+        {_ADDED}"],
    ),
    "a scheduler that does not": (
        f"{NET}{_OFF}optimizer = {_FILTERED}\nscheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, 9)\n"
        + epochs("    if epoch == 2:\n        model.backbone.requires_grad_(True)\n", end="    scheduler.step()\n"),
        _FROM_THE_START,
    ),
}


@pytest.mark.parametrize(("program", "lines"), SHAPES.values(), ids=[name.replace(" ", "-") for name in SHAPES])
def test_mended(program: str, lines: list[str], tmp_path: Path) -> None:
    assert mended(tmp_path, "FRZ203", program) == lines
    made = run(tmp_path / "main.py")
    held = {id(p) for group in made["optimizer"].param_groups for p in group["params"]}
    assert {id(p) for p in made["model"].backbone.parameters()} <= held


@pytest.mark.parametrize(
    "program",
    [
        # Nobody keeps the optimizer under a name, and what it is built of is not seen there.
        f"{NET}class Trainer:\n    def __init__(self):\n        self.kept = {{}}\n\n"
        "    def fit(self, model):\n        groups = []\n"
        "        groups.append({'params': model.head.parameters()})\n"
        "        self.kept['o'] = torch.optim.SGD(groups, lr=0.1)\n"
        "        for epoch in range(4):\n            if epoch > 1:\n"
        "                model.backbone.requires_grad_(True)\n"
        "            model(batch()[0]).sum().backward()\n            self.kept['o'].step()\n\n\n"
        f"{_OFF}Trainer().fit(model)\n",
        # LBFGS moves what has no gradient too.
        f"{NET}{_OFF}optimizer = torch.optim.LBFGS(filter(lambda p: p.requires_grad, model.parameters()))\n"
        "for epoch in range(4):\n    if epoch >= 2:\n        model.backbone.requires_grad_(True)\n"
        "    optimizer.zero_grad()\n    model(batch()[0]).sum().backward()\n    optimizer.step()\n",
    ],
)
def test_left_alone(program: str, tmp_path: Path) -> None:
    assert mended(tmp_path, "FRZ203", program) == []
