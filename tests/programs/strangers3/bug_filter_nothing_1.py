# label: bug
# category: filter-nothing
# rule: FRZ111
# line: 46
# truth: the checkpoint-style prefix "module." is matched on a model that is not wrapped: no name starts with it, nothing is frozen
import argparse
import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.mlp = nn.Sequential(nn.Linear(d, 2 * d), nn.GELU(), nn.Linear(2 * d, d))

    def forward(self, x):
        return x + self.mlp(self.norm(x))


class ViTLike(nn.Module):
    def __init__(self, d=8, depth=2, classes=3):
        super().__init__()
        self.patch_embed = nn.Linear(12, d)
        self.pos_embed = nn.Parameter(torch.zeros(1, 4, d))
        self.blocks = nn.ModuleList([Block(d) for _ in range(depth)])
        self.head = nn.Linear(d, classes)

    def forward(self, x):
        x = self.patch_embed(x) + self.pos_embed
        for blk in self.blocks:
            x = blk(x)
        return self.head(x.mean(1))


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--freeze-prefixes", nargs="*", default=None)
    parser.add_argument("--lr", type=float, default=1e-2)
    return parser.parse_args()


def main(args):
    model = ViTLike()
    for name, param in model.named_parameters():
        if name.startswith(("module.patch_embed", "module.blocks")):
            param.requires_grad = False
    trainable = [p for p in model.parameters() if p.requires_grad]
    print("trainable tensors", len(trainable))
    optimizer = torch.optim.AdamW(trainable, lr=args.lr)
    for step in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 4, 12)), torch.randint(0, 3, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


if __name__ == "__main__":
    model = main(parse())
