# label: bug
# category: unfrozen-not-in-optimizer
# rule: FRZ203
# line: 36
# truth: after the warm-up the word embeddings get gradients that pile up, they are not stepped
import torch
from torch import nn


class BagClassifier(nn.Module):
    def __init__(self, vocab: int = 40, dim: int = 6):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.lin1 = nn.Linear(dim, 16)
        self.lin2 = nn.Linear(16, 2)

    def forward(self, ids):
        return self.lin2(self.lin1(self.emb(ids).mean(1)).relu())


class TextTrainer:
    WARMUP = 3

    def __init__(self, model):
        self.model = model
        self.global_step = 0
        self.model.emb.weight.requires_grad = False
        groups = []
        for name, child in model.named_children():
            if name != "emb":
                groups.append({"params": list(child.parameters()), "lr": 1e-2 if name == "lin2" else 1e-3})
        self.optim = torch.optim.Adam(groups)

    def training_step(self, ids, y):
        if self.global_step == self.WARMUP:
            self.model.emb.weight.requires_grad = True
        loss = nn.functional.cross_entropy(self.model(ids), y)
        self.optim.zero_grad()
        loss.backward()
        self.optim.step()
        self.global_step += 1


trainer = TextTrainer(BagClassifier())
for _ in range(7):
    trainer.training_step(torch.randint(0, 40, (8, 5)), torch.randint(0, 2, (8,)))
