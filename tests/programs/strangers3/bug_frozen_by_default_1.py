# label: bug
# category: frozen-by-default
# rule: FRZ122
# line: 14
# truth: Embedding.from_pretrained freezes by default: the group with its own rate for the embeddings trains nothing
import argparse
import torch
import torch.nn as nn


class CNNText(nn.Module):
    def __init__(self, vectors, n_filters=6, classes=2):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(vectors, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(vectors.size(1), n_filters, k) for k in (2, 3)])
        self.out = nn.Linear(2 * n_filters, classes)

    def forward(self, ids):
        x = self.embedding(ids).transpose(1, 2)
        pooled = [torch.relu(c(x)).amax(-1) for c in self.convs]
        return self.out(torch.cat(pooled, 1))


def load_glove(n=20, d=5):
    g = torch.Generator().manual_seed(0)
    return torch.randn(n, d, generator=g)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--lr", type=float, default=1e-2)
    p.add_argument("--emb-lr", type=float, default=1e-3)
    args = p.parse_args()
    model = CNNText(load_glove())
    optimizer = torch.optim.Adam([
        {"params": model.embedding.parameters(), "lr": args.emb_lr},
        {"params": model.convs.parameters()},
        {"params": model.out.parameters()},
    ], lr=args.lr)
    for epoch in range(2):
        loss = nn.functional.cross_entropy(model(torch.randint(1, 20, (4, 6))), torch.randint(0, 2, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


model = main()
