"""FRZ122 on programs as text: what libraries freeze unless told otherwise."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = {made}
        self.out = nn.Linear(4, 1)
    def forward(self, x):
        return self.out(self.emb(x))

net = Net()
{opt}
for _ in range(2):
    opt.zero_grad()
    net(torch.tensor([0, 1])).sum().backward()
    opt.step()
"""
PLAIN = "nn.Embedding.from_pretrained(torch.randn(5, 4))"
ALL = "opt = torch.optim.SGD(net.parameters(), lr=0.1)"


def found(made: str = PLAIN, opt: str = ALL) -> list[int]:
    return [line for _, line in codes(HEAD.format(made=made, opt=opt), "FRZ122")]


@pytest.mark.parametrize(
    "made",
    [
        PLAIN,
        "nn.EmbeddingBag.from_pretrained(torch.randn(5, 4), mode='sum')",
        "nn.Embedding.from_pretrained(embeddings=torch.randn(5, 4), padding_idx=0)",
        "torch.nn.Embedding.from_pretrained(torch.load('vectors.pt'))",
    ],
)
def test_default(made: str) -> None:
    assert found(made) == [7]


def test_group_of_its_own() -> None:
    groups = "[{'params': net.emb.parameters(), 'lr': 1e-3}, {'params': net.out.parameters()}]"
    assert found(opt=f"opt = torch.optim.SGD({groups}, lr=0.1)") == [7]


PEFT = """\
import torch
from transformers import AutoModelForCausalLM
from peft import PeftModel

base = AutoModelForCausalLM.from_pretrained("gpt2")
model = PeftModel.from_pretrained(base, "adapter"{more})
opt = torch.optim.AdamW(model.parameters(), lr=1e-4)
for batch in torch.utils.data.DataLoader([]):
    model(**batch).loss.backward()
    opt.step()
"""


def test_adapter() -> None:
    assert codes(PEFT.format(more=""), "FRZ122") == [("FRZ122", 6)]


@pytest.mark.parametrize("more", [", is_trainable=True", ", is_trainable=False", ", 'default', False"])
def test_silent_on_the_argument_of_an_adapter(more: str) -> None:
    assert codes(PEFT.format(more=more), "FRZ122") == []


@pytest.mark.parametrize("flag", ["freeze=True", "freeze=False", "True", "freeze=options['freeze']"])
def test_silent_on_an_explicit_argument(flag: str) -> None:
    assert found(f"nn.Embedding.from_pretrained(torch.randn(5, 4), {flag})") == []


def test_silent_on_arguments_that_are_not_known() -> None:
    assert found("nn.Embedding.from_pretrained(torch.randn(5, 4), **options)") == []


def test_silent_on_inference() -> None:
    assert codes(HEAD.format(made=PLAIN, opt=ALL).partition("for _")[0] + "net(torch.tensor([0]))\n", "FRZ122") == []


def test_silent_on_optimizers_without_it() -> None:
    assert found(opt="opt = torch.optim.SGD(net.out.parameters(), lr=0.1)") == []
    assert found(opt="opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)") == []


@pytest.mark.parametrize("flag", ["True", "False"])
def test_silent_on_flags_that_the_program_sets(flag: str) -> None:
    assert found(opt=f"net.emb.weight.requires_grad = {flag}\n" + ALL) == []
