# label: ok
# category: step-metrics
# rule: FRZ405, FRZ401
# truth: clean; model.* moves, metrics are computed without gradients beside the loss
import torch
from torch import nn


class Meter:
    def __init__(self):
        self.total, self.count = 0.0, 0

    @torch.no_grad()
    def update(self, logits, y):
        self.total += (logits.argmax(1) == y).float().sum()
        self.count += len(y)


def train_one_epoch(model, batches, optimizer, meter):
    for x, y in batches:
        logits = model(x)
        loss = nn.functional.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        with torch.no_grad():
            norm = sum(p.grad.pow(2).sum() for p in model.parameters()).sqrt()
        optimizer.step()
        meter.update(logits, y)
        print(norm.item())


model = nn.Linear(4, 2)
train_one_epoch(
    model, [(torch.randn(3, 4), torch.tensor([0, 1, 0]))] * 2, torch.optim.SGD(model.parameters(), lr=0.1), Meter()
)
