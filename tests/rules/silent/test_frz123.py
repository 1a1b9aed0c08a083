"""FRZ123: what it must not report, and what it must in other styles than its example."""

from __future__ import annotations

from tests.rules.silent.programs import codes

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4))
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.body(x))

"""
TRAIN = """
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net(torch.randn(2, 4)).sum().backward()
optimizer.step()
"""


def lines(program: str, *, net: str = NET) -> list[str]:
    """The lines that are reported, without indentation."""
    text = net + program + TRAIN
    return [text.splitlines()[line - 1].strip() for _, line in codes(text, "FRZ123")]


TIED = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.body = nn.Linear(4, 4)
        self.out = nn.Linear(4, 9)
        self.out.weight = self.embed.weight

    def forward(self, ids):
        return self.out(self.body(self.embed(ids)))

net = Net()
"""


def tied(body: str, *, net: str = TIED) -> list[str]:
    return lines(body, net=net)


def test_silent_where_both_are_frozen() -> None:
    program = """
net.embed.requires_grad_(False)
for p in net.out.parameters():
    p.requires_grad = False
"""
    assert tied(program) == []


def test_silent_on_a_copy() -> None:
    program = """
net.out.weight = nn.Parameter(net.embed.weight.detach().clone())
net.embed.requires_grad_(False)
torch.optim.SGD(net.out.parameters(), lr=0.1)
"""
    assert tied(program) == []


def test_silent_on_a_new_head() -> None:
    program = """
net.out = nn.Linear(4, 2)
net.embed.requires_grad_(False)
torch.optim.SGD(net.out.parameters(), lr=0.1)
"""
    assert tied(program) == []


def test_silent_where_the_tie_may_not_be_there() -> None:
    program = """
import transformers
config = transformers.AutoConfig.from_pretrained("gpt2")
net = transformers.GPT2LMHeadModel(config)
for p in net.transformer.parameters():
    p.requires_grad = False
"""
    assert tied(program) == []


def test_a_freeze_by_name_that_spares_the_output() -> None:
    program = """
def freeze(model, keep):
    for name, p in model.named_parameters():
        p.requires_grad = keep in name

freeze(net, "out")
"""
    assert tied(program) == ["p.requires_grad = keep in name"]


def test_an_optimizer_that_is_given_the_other_name() -> None:
    program = """
embedding = net.embed
embedding.weight.requires_grad = False
torch.optim.Adam([{"params": net.body.parameters()}, {"params": [net.out.weight, net.out.bias]}])
"""
    assert tied(program) == ["embedding.weight.requires_grad = False"]


def test_a_model_of_transformers() -> None:
    program = """
from transformers import GPT2Config, GPT2LMHeadModel
net = GPT2LMHeadModel(GPT2Config(n_layer=2))
for p in net.transformer.parameters():
    p.requires_grad = False
"""
    assert tied(program) == ["p.requires_grad = False"]
    assert tied(program.replace("n_layer=2", "tie_word_embeddings=False")) == []


def test_all_that_is_left_is_tied() -> None:
    program = """
net.out = nn.Linear(4, 9, bias=False)
net.out.weight = net.embed.weight
net.embed.requires_grad_(False)
net.body.requires_grad_(False)
"""
    assert tied(program) == ["net.embed.requires_grad_(False)"]
