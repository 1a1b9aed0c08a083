# label: ok
# category: eval-that-restores
# rule: FRZ305
# truth: clean; every training forward runs in train mode
import torch
from torch import nn


def accuracy(model, x, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        hits = (model(x).argmax(1) == y).float().mean().item()
    model.train(was_training)
    return hits


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
modes = []
for epoch in range(3):
    for _ in range(2):
        x = torch.randn(6, 4)
        y = (x[:, 0] > 0).long()
        modes.append(model.training)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    print(epoch, accuracy(model, torch.randn(6, 4), torch.zeros(6).long()))
