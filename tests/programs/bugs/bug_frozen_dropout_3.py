# label: bug
# category: frozen-dropout
# rule: FRZ303
# line: 27
# truth: the frozen teacher's Transformer layer keeps its default dropout active, targets are random
import torch
import torch.nn.functional as F
from torch import nn


class SentenceEncoder(nn.Module):
    def __init__(self, dim: int = 8, vocab: int = 32):
        super().__init__()
        self.tok = nn.Embedding(vocab, dim)
        self.block = nn.TransformerEncoderLayer(dim, nhead=2, dim_feedforward=16, batch_first=True)

    def forward(self, ids):
        return self.block(self.tok(ids)).mean(1)


def requires_grad(model, flag=True):
    for p in model.parameters():
        p.requires_grad = flag


def distil(teacher, student, batches):
    requires_grad(teacher, False)
    opt = torch.optim.AdamW(student.parameters(), lr=1e-3)
    for ids in batches:
        with torch.no_grad():
            goal = teacher(ids)
        loss = 1 - F.cosine_similarity(student(ids), goal).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    teacher = SentenceEncoder()
    student = nn.EmbeddingBag(32, 8)
    distil(teacher, student, torch.randint(0, 32, (3, 6, 5)))
