# label: bug
# category: frozen-by-default
# rule: FRZ122
# line: 13
# truth: Embedding.from_pretrained freezes by default; the vectors are in the optimizer and never move
import torch
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vectors, n_filters=4, classes=2):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(vectors, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(vectors.size(1), n_filters, k, padding=1) for k in (2, 3)])
        self.fc = nn.Linear(2 * n_filters, classes)

    def forward(self, ids):
        e = self.embedding(ids).transpose(1, 2)
        feats = [conv(e).relu().max(-1).values for conv in self.convs]
        return self.fc(torch.cat(feats, 1))


def train(model, lr_embed=1e-4, lr=1e-3, steps=3):
    optimizer = torch.optim.Adam([
        {"params": model.embedding.parameters(), "lr": lr_embed},
        {"params": model.convs.parameters()},
        {"params": model.fc.parameters()},
    ], lr=lr)
    for _ in range(steps):
        ids, y = torch.randint(1, 20, (4, 7)), torch.randint(0, 2, (4,))
        loss = nn.functional.cross_entropy(model(ids), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


glove = torch.randn(20, 6)
cnn = TextCNN(glove)
train(cnn)
