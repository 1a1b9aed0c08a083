# label: bug
# category: train-never-restored
# rule: FRZ305
# line: 21
# truth: model.train() stands before the epoch loop, evaluate() calls eval(): from epoch 2 on training runs in eval mode
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3))
        self.out = nn.Linear(16, 2)

    def forward(self, x):
        return self.out(self.body(x))


def evaluate(model, batches):
    model.eval()
    correct = 0
    with torch.no_grad():
        for x, y in batches:
            correct += (model(x).argmax(1) == y).sum().item()
    return correct


def batches(n):
    return [(torch.randn(8, 6), torch.randint(0, 2, (8,))) for _ in range(n)]


def main(epochs=3):
    model = Net()
    opt = torch.optim.Adam(model.parameters(), lr=1e-3)
    model.train()
    for epoch in range(epochs):
        for x, y in batches(2):
            loss = nn.functional.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
        acc = evaluate(model, batches(1))
        print(f"epoch {epoch}: {acc}/8")
    return model


model = main()
