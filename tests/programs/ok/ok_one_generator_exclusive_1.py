# label: ok
# category: generator-used-once-per-branch
# rule: FRZ205, FRZ201
# truth: clean; tok.* stay still, cls.* move
import sys

import torch
from torch import nn, optim


class BagOfWords(nn.Module):
    def __init__(self, vocab=50, dim=6):
        super().__init__()
        self.tok = nn.EmbeddingBag(vocab, dim, mode="mean")
        self.cls = nn.Linear(dim, 2)

    def forward(self, ids, offsets):
        return self.cls(self.tok(ids, offsets))


def pick(name, model, lr):
    params = (p for p in model.parameters() if p.requires_grad)
    match name:
        case "sgd":
            return optim.SGD(params, lr=lr, momentum=0.9)
        case "rmsprop":
            return optim.RMSprop(params, lr=lr)
        case _:
            return optim.Adam(params, lr=lr)


def main(argv):
    model = BagOfWords()
    model.tok.weight.requires_grad = False
    optimizer = pick(argv[1] if len(argv) > 1 else "adam", model, lr=0.02)
    loss_fn = nn.CrossEntropyLoss()
    for _ in range(3):
        ids = torch.randint(0, 50, (20,))
        optimizer.zero_grad()
        loss_fn(model(ids, torch.tensor([0, 6, 12])), torch.tensor([0, 1, 0])).backward()
        optimizer.step()


main(sys.argv)
