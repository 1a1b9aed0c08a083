import torch
from torch import nn

criterion = nn.CrossEntropyLoss()


def batches(n):
    for _ in range(n):
        yield torch.randn(4, 4), torch.randint(0, 2, (4,))


def train_epoch(model, optimizer):
    model.train()
    total = 0.0
    for x, y in batches(2):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


def val_epoch(model):
    model.eval()
    torch.set_grad_enabled(False)
    return sum(criterion(model(x), y).item() for x, y in batches(2))
