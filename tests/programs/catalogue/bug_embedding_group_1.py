# label: bug
# category: embedding-group
# rule: FRZ122
# line: 21
# truth: the embedding has a group with a rate of its own and yet requires no grad: it stays as loaded
import argparse

import torch
import torch.nn as nn


def parse(argv=()):
    p = argparse.ArgumentParser()
    p.add_argument("--emb-lr", type=float, default=1e-2)
    return p.parse_args(list(argv))


class Bag(nn.Module):
    def __init__(self, table, n):
        super().__init__()
        self.emb = nn.EmbeddingBag.from_pretrained(table, mode="mean")
        self.out = nn.Linear(table.size(1), n)

    def forward(self, ids, offsets):
        return self.out(self.emb(ids, offsets))


def main():
    args = parse()
    table = torch.randn(12, 5)
    model = Bag(table.clone(), 3)
    opt = torch.optim.SGD([{"params": model.emb.parameters(), "lr": args.emb_lr}, {"params": model.out.parameters()}], lr=0.1)
    for _ in range(3):
        loss = model(torch.tensor([1, 2, 3]), torch.tensor([0, 1])).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model, table


model, table = main()
