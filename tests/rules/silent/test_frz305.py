"""FRZ305 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

import pytest

from .programs import codes

START = """
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

def train_epoch(net):
    net(torch.randn(4, 4)).sum().backward()
    optimizer.step()

"""


def found(body: str) -> list[int]:
    return [line - START.count("\n") for _, line in codes(START + body, "FRZ305")]


def test_silent_on_helpers_that_restore() -> None:
    helper = """def validate(net):
    mode = net.training
    net.eval()
    net(torch.randn(4, 4))
    {}

for epoch in range(9):
    train_epoch(model)
    validate(model)
"""
    assert found(helper.format("net.train(mode)")) == []
    assert found(helper.format("return mode")) == [3]


def test_silent_on_decorators_that_restore() -> None:
    decorator = """def evaluating(function):
    def wrapper(net):
        net.eval()
        function(net)
        {}
    return wrapper

@evaluating
def validate(net):
    net(torch.randn(4, 4))

for epoch in range(9):
    train_epoch(model)
    validate(model)
"""
    assert found(decorator.format("net.train()")) == []
    assert found(decorator.format("return 1")) == [3]


def test_silent_on_train_inside_the_loop() -> None:
    assert found("for epoch in range(9):\n    model.train()\n    train_epoch(model)\n    model.eval()\n") == []
    assert found("for epoch in range(9):\n    train_epoch(model)\n    model.eval()\n    model.train()\n") == []
    assert found("model.train()\nfor epoch in range(9):\n    train_epoch(model)\n    model.eval()\n") == [4]


def test_silent_on_lightning() -> None:
    program = """
    import lightning
    import torch
    from torch import nn

    class Net(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.body = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8))
        def training_step(self, batch, index):
            return self.body(batch).sum()
        def on_validation_epoch_start(self):
            self.body.eval()
        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.1)

    lightning.Trainer().fit(Net())
    """
    assert codes(program, "FRZ305") == []


@pytest.mark.parametrize("condition", ["epoch == 8", "epoch == epochs - 1", "loss < best"])
def test_silent_on_last_epoch_only(condition: str) -> None:
    loop = "import sys\nepochs = int(sys.argv[1])\nfor epoch in range(epochs):\n    train_epoch(model)\n"
    loop += "    loss, best = torch.rand(()), torch.rand(())\n"
    assert found(f"{loop}    if {condition}:\n        model.eval()\n") == []
    assert found(f"{loop}    if epoch % 5 == 0:\n        model.eval()\n") == [7]


def test_silent_on_models_that_train_in_eval_mode_from_the_start() -> None:
    assert found("model.eval()\nfor epoch in range(9):\n    train_epoch(model)\n    model.eval()\n") == []


def test_silent_on_another_model() -> None:
    other = "import copy\nother = copy.deepcopy(model)\nfor epoch in range(9):\n    train_epoch(model)\n    {}.eval()\n"
    assert found(other.format("other")) == []
    assert found(other.format("model")) == [5]


def test_alias_and_wrapper() -> None:
    assert found("net = model\nfor epoch in range(9):\n    train_epoch(net)\n    model.train(False)\n") == [4]
    assert found("net = nn.DataParallel(model)\nfor epoch in range(9):\n    train_epoch(net)\n    net.eval()\n") == [4]
