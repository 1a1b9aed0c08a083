"""The fixes of rules about optimizers, modes, gradients and containers in code as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.mended.mending import NET, STEPS, mended, run

_NORMED = NET.replace("nn.ReLU())", "nn.BatchNorm1d(16), nn.ReLU())")
_ALL = "optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)\n"


def training(body: str) -> str:
    """A loop over epochs of one batch each, with gradients that are set to zero, and `body` first in each round."""
    steps = STEPS.replace("for _", "for epoch").replace("zero_grad()", "zero_grad(set_to_none=False)")
    first, rest = steps.split("\n", 1)
    return f"{first}\n{body}{rest}"


STILL_MOVING = {
    "loop": (
        f"{NET}model = Net()\n{_ALL}"
        + training(
            "    if epoch == 2:\n        for p in model.backbone.parameters():\n            p.requires_grad = False\n"
        ),
        ["+            p.grad = None"],
    ),
    "method": (
        NET.replace(
            "    def forward",
            "    def freeze(self):\n        self.backbone.requires_grad_(False)\n\n    def forward",
        )
        + f"model = Net()\n{_ALL}" + training("    if epoch == 2:\n        model.freeze()\n"),
        ["+        for parameter in self.backbone.parameters():", "+            parameter.grad = None"],
    ),
    "toggle": (
        f"{NET}def toggle(part, on):\n    for p in part.parameters():\n        p.requires_grad_(on)\n\n\n"
        f"model = Net()\n{_ALL}toggle(model.backbone, True)\n"
        + training("    if epoch == 2:\n        toggle(model.backbone, False)\n"),
        ["+        if not p.requires_grad:", "+            p.grad = None"],
    ),
}  # fmt: skip
LEFT_OUT = {
    "two parts": (
        NET.replace("self.head = ", "self.neck = nn.Linear(16, 16)\n        self.head = ").replace(
            "self.head(self.backbone(x))", "self.head(self.neck(self.backbone(x)))"
        )
        + f"model = Net()\noptimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)\n{STEPS}",
        ["+for part in (model.backbone, model.neck):", "+    part.requires_grad_(False)"],
    ),
    "method": (
        f"{NET}class Trainer:\n    def __init__(self):\n        self.net = Net()\n"
        "        self.optimizer = torch.optim.SGD(self.net.head.parameters(), lr=0.1)\n\n"
        "    def fit(self):\n        for _ in range(3):\n            x, y = batch()\n"
        "            loss = nn.functional.cross_entropy(self.net(x), y)\n            self.optimizer.zero_grad()\n"
        "            loss.backward()\n            self.optimizer.step()\n\n\nTrainer().fit()\n",
        ["+        self.net.backbone.requires_grad_(False)"],
    ),
    "helper": (
        f"{NET}def build(net):\n    return torch.optim.SGD(net.head.parameters(), lr=0.1)\n\n\n"
        f"model = Net()\noptimizer = build(model)\n{STEPS}",
        ["+model.backbone.requires_grad_(False)"],
    ),
}
_EPOCHS = """\
def train(model, optimizer):
    for _ in range(2):
        x, y = batch()
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def validate(net):
    net.eval()
    with torch.no_grad():
        return net(batch()[0]).argmax(1)


"""
RESTORED = {
    "functions": (
        f"{_NORMED}{_EPOCHS}model = Net()\n{_ALL}model.train()\nfor epoch in range(3):\n    train(model, optimizer)\n"
        "    validate(model)\n",
        ["+    model.train()"],
    ),
    "now and then": (
        f"{_NORMED}{_EPOCHS}model = Net()\n{_ALL}model.train()\n"
        + STEPS.replace("for _", "for step") + "    if step % 2 == 1:\n        validate(model)\n",
        ["+    model.train()"],
    ),
    "class": (
        f"{_NORMED}class Trainer:\n    def __init__(self):\n        self.model = Net()\n"
        "        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)\n\n"
        "    def fit(self):\n        for epoch in range(3):\n            self.train_epoch()\n"
        "            self.validate()\n\n"
        "    def train_epoch(self):\n        x, y = batch()\n"
        "        loss = nn.functional.cross_entropy(self.model(x), y)\n        self.optimizer.zero_grad()\n"
        "        loss.backward()\n        self.optimizer.step()\n\n"
        "    def validate(self):\n        self.model.eval()\n        with torch.no_grad():\n"
        "            return self.model(batch()[0])\n\n\nTrainer().fit()\n",
        ["+            self.model.train()"],
    ),
}  # fmt: skip
BY_HAND = {
    "method": (
        _NORMED.replace(
            "    def forward", "    def fix(self):\n        self.backbone.training = False\n\n    def forward"
        )
        + f"model = Net()\nmodel.fix()\n{_ALL}{STEPS}",
        ["-        self.backbone.training = False", "+        self.backbone.eval()"],
    ),
    "flag": (
        f"{_NORMED}def set_mode(net, on):\n    net.training = on\n\n\n"
        f"model = Net()\nset_mode(model.backbone, False)\n{_ALL}{STEPS}",
        ["-    net.training = on", "+    net.train(on)"],
    ),
    "setattr": (
        f'{_NORMED}model = Net()\nsetattr(model.backbone, "training", False)\n{_ALL}{STEPS}',
        ['-setattr(model.backbone, "training", False)', "+model.backbone.eval()"],
    ),
}
_STILL = "for m in model.backbone.modules():\n    if isinstance(m, nn.BatchNorm1d):\n        m.momentum = 0\n"
MOMENTUM = {
    "no train call": (f"{_NORMED}model = Net()\n{_STILL}{_ALL}{STEPS}", ["+        m.eval()"]),
    "chain": (
        f"{_NORMED}model = Net()\nmodel.backbone[1].momentum = 0.0\n{_ALL}"
        + STEPS.replace("    x, y", "    model.train()\n    x, y"),
        [
            "+    for module in model.modules():",
            "+        if isinstance(module, nn.modules.batchnorm._NormBase):",
            "+            module.eval()",
        ],
    ),
    "another norm": (
        _NORMED.replace("nn.Linear(16, 3)", "nn.Sequential(nn.BatchNorm1d(16), nn.Linear(16, 3))")
        + f"model = Net()\n{_STILL}{_ALL}" + STEPS.replace("    x, y", "    model.train()\n    x, y"),
        [
            "+    for module in model.backbone.modules():",
            "+        if isinstance(module, nn.modules.batchnorm._NormBase):",
            "+            module.eval()",
        ],
    ),
}  # fmt: skip
_CUT = NET.replace(
    "        return self.head(self.backbone(x))",
    "        with torch.no_grad():\n            x = self.backbone(x)\n        return self.head(x)",
)
_KEPT = "[p for p in model.parameters() if p.requires_grad]"
CUT_OFF = {
    "chain": (
        f"{NET}class Trainer:\n    def __init__(self):\n        self.net = Net()\n"
        "        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)\n\n    @torch.no_grad()\n"
        "    def features(self, x):\n        return self.net.backbone(x)\n\n    def step(self, x, y):\n"
        "        loss = nn.functional.cross_entropy(self.net.head(self.features(x)), y)\n"
        "        self.optimizer.zero_grad()\n        loss.backward()\n        self.optimizer.step()\n\n\n"
        "Trainer().step(*batch())\n",
        [
            "+        self.backbone.requires_grad_(False)",
            "-        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)",
            "+        self.optimizer = torch.optim.SGD([p for p in self.net.parameters() if p.requires_grad], lr=0.1)",
        ],
    ),
    "given to the constructor": (
        _CUT.replace("(self):", "(self, backbone):").replace("nn.Sequential(nn.Linear(8, 16), nn.ReLU())", "backbone")
        + f"model = Net(nn.Linear(8, 16))\n{_ALL}{STEPS}",
        [],
    ),
    "groups": (
        f'{_CUT}model = Net()\noptimizer = torch.optim.SGD([{{"params": model.backbone.parameters(), "lr": 0.01}}, '
        f'{{"params": model.head.parameters()}}], lr=0.1)\n{STEPS}',
        [],
    ),
    "helper": (
        f"{_CUT}def build(net):\n    return torch.optim.SGD(net.parameters(), lr=0.1)\n\n\n"
        f"model = Net()\noptimizer = build(model)\n{STEPS}",
        [
            "+        self.backbone.requires_grad_(False)",
            "-    return torch.optim.SGD(net.parameters(), lr=0.1)",
            "+    return torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)",
        ],
    ),
    "beside": (
        "import torch\nfrom torch import nn\nbody = nn.Linear(8, 16).to('cpu')\nhead = nn.Linear(16, 3)\n"
        "optimizer = torch.optim.SGD([*body.parameters(), *head.parameters()], lr=0.1)\nfor _ in range(3):\n"
        "    with torch.no_grad():\n        h = body(torch.randn(4, 8))\n    optimizer.zero_grad()\n"
        "    head(h).sum().backward()\n    optimizer.step()\n",
        [],
    ),
}
_STEP = """\
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
NO_GRAD = {
    "with": (
        f"{NET}model = Net()\n{_ALL}x, y = batch()\nwith torch.no_grad():\n    # the scores\n    scores = model(x)\n"
        "    loss = nn.functional.cross_entropy(scores, y)\nloss.backward()\noptimizer.step()\n",
        [
            "-with torch.no_grad():", "-    # the scores", "-    scores = model(x)",
            "-    loss = nn.functional.cross_entropy(scores, y)",
            "+# the scores", "+scores = model(x)", "+loss = nn.functional.cross_entropy(scores, y)",
        ],
    ),
    "with of two": (
        f"{NET}model = Net()\n{_ALL}x, y = batch()\n"
        "with torch.no_grad(), torch.autocast('cpu', enabled=False):\n"
        "    loss = nn.functional.cross_entropy(model(x), y)\nloss.backward()\noptimizer.step()\n",
        [
            "-with torch.no_grad(), torch.autocast('cpu', enabled=False):",
            "+with torch.autocast('cpu', enabled=False):",
        ],
    ),
    "method": (
        f"{NET}class Trainer:\n    def __init__(self):\n        self.model = Net()\n"
        "        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)\n\n"
        "    @torch.inference_mode()\n    def step(self, x, y):\n"
        "        loss = nn.functional.cross_entropy(self.model(x), y)\n        loss.backward()\n"
        "        self.optimizer.step()\n\n\nTrainer().step(*batch())\n",
        ["-    @torch.inference_mode()"],
    ),
}  # fmt: skip
_CHECKPOINTED = """\
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint{imported}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 8)
        self.body = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        {call}
        return self.head(h)


model = Net()
model.embed.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 10, (4,))), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
CHECKPOINTS = {
    "not said": (
        _CHECKPOINTED.format(imported="", call="h = checkpoint(self.body, self.embed(x), use_reentrant=True)"),
        [
            "-        h = checkpoint(self.body, self.embed(x), use_reentrant=True)",
            "+        h = checkpoint(self.body, self.embed(x), use_reentrant=False)",
        ],
    ),
    "another name": (
        _CHECKPOINTED.format(
            imported=" as grad_checkpoint", call="h = grad_checkpoint(self.body, self.embed(x), use_reentrant=True)"
        ),
        [
            "-        h = grad_checkpoint(self.body, self.embed(x), use_reentrant=True)",
            "+        h = grad_checkpoint(self.body, self.embed(x), use_reentrant=False)",
        ],
    ),
}
_LAYERS = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        {made}
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        for layer in {layers}:
            x = torch.relu(layer(x))
        return self.head(x)


def batch():
    return torch.randn(4, 8), torch.tensor([0, 1, 2, 0])


model = Net()
"""


def layers(made: str, layers: str = "self.layers") -> str:
    """A model with some layers in a plain collection."""
    return _LAYERS.format(made=made, layers=layers) + _ALL + STEPS


REGISTERED = {
    "comprehension": (
        layers("self.layers = [nn.Linear(8, 8) for _ in range(2)]"),
        [
            "-        self.layers = [nn.Linear(8, 8) for _ in range(2)]",
            "+        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(2)])",
        ],
    ),
    "tuple": (
        layers("self.layers = nn.Linear(8, 8), nn.Linear(8, 8)"),
        [
            "-        self.layers = nn.Linear(8, 8), nn.Linear(8, 8)",
            "+        self.layers = nn.ModuleList((nn.Linear(8, 8), nn.Linear(8, 8)))",
        ],
    ),
    "dict": (
        layers('self.layers = {"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)}', "self.layers.values()"),
        [
            '-        self.layers = {"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)}',
            '+        self.layers = nn.ModuleDict({"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)})',
        ],
    ),
    "annotated": (
        layers("self.layers: list[nn.Module] = [nn.Linear(8, 8), nn.Linear(8, 8)]"),
        [
            "-        self.layers: list[nn.Module] = [nn.Linear(8, 8), nn.Linear(8, 8)]",
            "+        self.layers: nn.ModuleList = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 8)])",
        ],
    ),
}
_SHARDED = f"""\
{NET}import os
import tempfile
import torch.distributed as dist
{{imported}}
store = f"file://{{{{os.path.join(tempfile.mkdtemp(), 'store')}}}}"
dist.init_process_group("gloo", init_method=store, rank=0, world_size=1)
{{body}}optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
{STEPS}dist.destroy_process_group()
"""
SHARDED = {
    "helper": (
        _SHARDED.format(
            imported="from torch.distributed.fsdp import FullyShardedDataParallel",
            body="def shard(net):\n    return FullyShardedDataParallel(\n        net,\n"
            '        device_id=torch.device("cpu"),\n    )\n\n\n'
            "net = Net()\nnet.backbone.requires_grad_(False)\nmodel = shard(net)\n",
        ),
        ["+        use_orig_params=True,"],
    ),
    "frozen too late": (
        _SHARDED.format(
            imported="import torch.distributed.fsdp as fsdp",
            body="net = Net()\n"
            'model = fsdp.FullyShardedDataParallel(net, device_id=torch.device("cpu"), use_orig_params=False)\n'
            "net.backbone.requires_grad_(False)\n",
        ),
        [
            '-model = fsdp.FullyShardedDataParallel(net, device_id=torch.device("cpu"), use_orig_params=False)',
            '+model = fsdp.FullyShardedDataParallel(net, device_id=torch.device("cpu"), use_orig_params=True)',
        ],
    ),
}
_CASES = [
    pytest.param(code, program, lines, id=f"{code}-{name.replace(' ', '-')}")
    for code, shapes in {
        "FRZ119": REGISTERED, "FRZ202": STILL_MOVING, "FRZ211": LEFT_OUT, "FRZ305": RESTORED, "FRZ306": BY_HAND,
        "FRZ308": MOMENTUM, "FRZ402": CUT_OFF, "FRZ405": NO_GRAD, "FRZ406": CHECKPOINTS,
        "FRZ502": SHARDED,
    }.items()
    for name, (program, lines) in shapes.items()
]  # fmt: skip


@pytest.mark.parametrize(("code", "program", "lines"), _CASES)
def test_mended(code: str, program: str, lines: list[str], tmp_path: Path) -> None:
    assert mended(tmp_path, code, program) == lines
    run(tmp_path / "main.py")
