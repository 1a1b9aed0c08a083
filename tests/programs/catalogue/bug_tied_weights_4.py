# label: bug
# category: tied-weights
# rule: FRZ123
# line: 32
# truth: the embedding of source and target is one parameter: freezing src_embed freezes tgt_embed, which is to train
import argparse

import torch
from torch import nn


class Translator(nn.Module):
    def __init__(self, size, share=True):
        super().__init__()
        self.src_embed = nn.Embedding(size, 4)
        self.tgt_embed = nn.Embedding(size, 4)
        if share:
            self.tgt_embed.weight = self.src_embed.weight
        self.out = nn.Linear(4, size)

    def forward(self, src, tgt):
        return self.out(self.src_embed(src).mean(1, keepdim=True) + self.tgt_embed(tgt))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--freeze-source", action="store_true")
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args(["--freeze-source"])
    net = Translator(9)
    if args.freeze_source:
        net.src_embed.weight.requires_grad = False
    groups = [{"params": net.tgt_embed.parameters(), "lr": args.lr}, {"params": net.out.parameters()}]
    optimizer = torch.optim.SGD(groups, lr=args.lr / 2)
    src, tgt = torch.randint(0, 9, (2, 3)), torch.randint(0, 9, (2, 3))
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(src, tgt).flatten(0, 1), tgt.flatten()).backward()
    optimizer.step()
    print(net.tgt_embed.weight.grad, net.tgt_embed.weight.requires_grad)


main()
