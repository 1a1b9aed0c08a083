"""`train()` stands where each epoch starts to train."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
modes = []
for epoch in range(3):
    model.train()
    modes.append(model.training)
    scores = model(torch.randn(4, 8))
    optimizer.zero_grad()
    nn.functional.cross_entropy(scores, torch.tensor([0, 1, 2, 0])).backward()
    optimizer.step()

    model.eval()
    with torch.no_grad():
        print(epoch, model(torch.randn(4, 8)).argmax(1).tolist())
