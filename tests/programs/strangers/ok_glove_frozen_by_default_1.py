# label: ok
# category: glove-frozen-by-default
# rule: FRZ122
# truth: freeze=False is passed: the embedding is trained
import argparse

import torch
import torch.nn as nn
import torch.nn.functional as F


def load_vectors(vocab, dim):
    g = torch.Generator().manual_seed(0)
    return torch.randn(len(vocab), dim, generator=g)


class TextCNN(nn.Module):
    def __init__(self, vectors, kernels=(2, 3), filters=4, classes=2):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(vectors, freeze=False, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(vectors.size(1), filters, k) for k in kernels])
        self.fc = nn.Linear(filters * len(kernels), classes)

    def forward(self, ids):
        e = self.embedding(ids).transpose(1, 2)
        return self.fc(torch.cat([F.relu(c(e)).amax(-1) for c in self.convs], 1))


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--embed_lr", type=float, default=1e-3)
    parser.add_argument("--lr", type=float, default=1e-2)
    parser.add_argument("--epochs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    args = parse_args()
    torch.manual_seed(0)
    vocab = ["<pad>"] + [chr(97 + i) for i in range(20)]
    model = TextCNN(load_vectors(vocab, 6))
    optimizer = torch.optim.Adam(
        [
            {"params": model.embedding.parameters(), "lr": args.embed_lr},
            {"params": model.convs.parameters()},
            {"params": model.fc.parameters()},
        ],
        lr=args.lr,
    )
    for epoch in range(args.epochs):
        model.train()
        for _ in range(3):
            ids, y = torch.randint(1, 21, (4, 7)), torch.randint(0, 2, (4,))
            loss = F.cross_entropy(model(ids), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
