# label: ok
# category: rows-restored
# rule: FRZ208
# truth: the old rows are restored after each step, so weight decay does not change them
import torch
from torch import nn

NEW = 3


class TextualInversion(nn.Module):
    def __init__(self, vocab=10, d=6):
        super().__init__()
        self.emb = nn.Embedding(vocab + NEW, d)
        self.rest = nn.Linear(d, 2)
        self.rest.requires_grad_(False)

    def forward(self, ids):
        return self.rest(self.emb(ids).mean(1))


model = TextualInversion()
orig = model.emb.weight.data.clone()
keep = torch.ones(len(orig), dtype=torch.bool)
keep[-NEW:] = False
opt = torch.optim.AdamW(model.emb.parameters(), lr=1e-2, weight_decay=0.1)
for step in range(3):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 13, (6, 4))), torch.randint(0, 2, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
    with torch.no_grad():
        model.emb.weight[keep] = orig[keep]
