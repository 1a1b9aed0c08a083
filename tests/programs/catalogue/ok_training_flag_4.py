# label: ok
# category: flag-of-all-modules
# rule: FRZ306
# truth: clean; every module is set: the BatchNorm counts the three training batches only
import torch
from torch import nn


def set_training(model, flag):
    for m in model.modules():
        m.training = flag


def evaluate(model, x):
    model.training = False
    for child in model.children():
        child.eval()
    with torch.no_grad():
        return model(x).argmax(1)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    set_training(model, True)
    optimizer.zero_grad()
    model(torch.randn(4, 4)).pow(2).mean().backward()
    optimizer.step()
    evaluate(model, torch.randn(4, 4))
