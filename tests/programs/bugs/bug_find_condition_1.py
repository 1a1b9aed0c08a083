# label: bug
# category: find-condition
# rule: FRZ112
# line: 24
# truth: find() is -1 where the text is absent, so the adapter is frozen and the bert part is not
import torch
from torch import nn


class BertLike(nn.Module):
    def __init__(self, vocab=25, dim=8):
        super().__init__()
        self.bert = nn.ModuleDict({"embeddings": nn.Embedding(vocab, dim), "encoder": nn.Linear(dim, dim)})
        self.adapter = nn.Linear(dim, dim)
        self.score = nn.Linear(dim, 2)

    def forward(self, ids):
        h = self.bert["encoder"](self.bert["embeddings"](ids)).tanh()
        return self.score((h + self.adapter(h)).mean(1))


model = BertLike()
for name, p in model.named_parameters():
    if name.find("bert"):
        p.requires_grad = False
model.score.requires_grad_(True)

opt = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=0.01)
ids = torch.arange(25).view(5, 5)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(ids), torch.tensor([0, 1, 0, 1, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
