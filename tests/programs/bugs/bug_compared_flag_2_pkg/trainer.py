import torch
import torch.nn.functional as F


class ContrastiveTrainer:
    def __init__(self, model, tower):
        self.model = model
        self.model.freeze(tower)
        self.optim = torch.optim.AdamW(model.parameters(), lr=1e-2)

    def run(self, steps):
        target = torch.arange(5)
        for _ in range(steps):
            logits = self.model(torch.randn(5, 10), torch.randn(5, 6)) / 0.1
            loss = (F.cross_entropy(logits, target) + F.cross_entropy(logits.t(), target)) / 2
            self.optim.zero_grad()
            loss.backward()
            self.optim.step()
