# label: ok
# category: embedding-max-norm-frozen
# rule: FRZ307
# truth: the frozen entity table has no max_norm, only the trained relation table has
import torch
from torch import nn


class TransE(nn.Module):
    def __init__(self, n_ent, n_rel, dim, train_entities=False):
        super().__init__()
        self.entities = nn.Embedding(n_ent, dim)
        self.relations = nn.Embedding(n_rel, dim, max_norm=1.0)
        if not train_entities:
            self.entities.weight.requires_grad = False

    def score(self, h, r, t):
        return -(self.entities(h) + self.relations(r) - self.entities(t)).norm(p=1, dim=-1)

    def forward(self, pos, neg):
        return torch.relu(1.0 - self.score(*pos) + self.score(*neg)).mean()


def batch(n_ent, n_rel, size):
    h, r, t = torch.randint(0, n_ent, (size,)), torch.randint(0, n_rel, (size,)), torch.randint(0, n_ent, (size,))
    return (h, r, t), (h, r, torch.randint(0, n_ent, (size,)))


if __name__ == "__main__":
    torch.manual_seed(0)
    kge = TransE(12, 3, 6)
    optimizer = torch.optim.Adagrad([p for p in kge.parameters() if p.requires_grad], lr=0.1)
    for epoch in range(3):
        loss = kge(*batch(12, 3, 8))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
