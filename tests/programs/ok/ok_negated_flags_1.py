# label: ok
# category: freeze-flag-negated
# rule: FRZ117, FRZ118
# truth: clean; embed.* and rnn.* stay still, attn.* and out.* move
import argparse

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, freeze_embed: bool, train_attn: bool, frozen_rnn: bool):
        super().__init__()
        self.embed = nn.Embedding(25, 6)
        self.rnn = nn.RNN(6, 6, batch_first=True)
        self.attn = nn.Linear(6, 6)
        self.out = nn.Linear(6, 3)
        self.embed.weight.requires_grad = not freeze_embed
        for p in self.attn.parameters():
            p.requires_grad = train_attn
        trainable = not frozen_rnn
        self.rnn.requires_grad_(trainable)

    def forward(self, ids):
        h, _ = self.rnn(self.embed(ids))
        return self.out(h * self.attn(h).softmax(1))


def set_frozen(module, frozen=True):
    for p in module.parameters():
        p.requires_grad = frozen is False


def main(argv=()):
    parser = argparse.ArgumentParser()
    parser.add_argument("--freeze-embed", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--no-attn", dest="train_attn", action="store_false")
    args = parser.parse_args(argv)
    tagger = Tagger(args.freeze_embed, train_attn=args.train_attn, frozen_rnn=True)
    set_frozen(tagger.out, False)
    opt = torch.optim.Adam([p for p in tagger.parameters() if p.requires_grad], lr=0.01)
    for _ in range(3):
        ids = torch.randint(0, 25, (4, 7))
        loss = nn.functional.cross_entropy(tagger(ids).transpose(1, 2), ids % 3)
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    main()
