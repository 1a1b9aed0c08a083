# label: bug
# category: zeroed-rows-adam-decay
# rule: FRZ208
# line: 27
# truth: the gradient rows of the old words are zeroed, AdamW's decay moves the rows all the same
import torch
from torch import nn


class NewTokens(nn.Module):
    def __init__(self, old, new, dim):
        super().__init__()
        self.old = old
        self.emb = nn.Embedding(old + new, dim)
        self.proj = nn.Linear(dim, old + new, bias=False)
        self.proj.requires_grad_(False)

    def forward(self, ids):
        return self.proj(self.emb(ids).mean(1))


def textual_inversion_step(model, optimizer, ids, target):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(ids), target)
    loss.backward()
    # only the new tokens are learnt
    model.emb.weight.grad[: model.old] = 0
    optimizer.step()
    return loss.item()


torch.manual_seed(0)
emb_model = NewTokens(10, 2, 6)
before = emb_model.emb.weight.detach().clone()
optimizer = torch.optim.AdamW(emb_model.emb.parameters(), lr=5e-2, weight_decay=1e-2)
for step in range(4):
    ids, target = torch.randint(0, 12, (4, 5)), torch.randint(0, 12, (4,))
    print(step, textual_inversion_step(emb_model, optimizer, ids, target))
