# label: bug
# category: dict-of-heads
# rule: FRZ119
# line: 14
# truth: the heads stand in a plain dict and are in no optimizer: they keep their first values
import torch
from torch import nn


class MultiTask(nn.Module):
    def __init__(self):
        super(MultiTask, self).__init__()
        self.trunk = nn.Linear(5, 7)
        self.heads = {"a": nn.Linear(7, 2), "b": nn.Linear(7, 3)}

    def forward(self, x, task):
        return self.heads[task](torch.relu(self.trunk(x)))


def train(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for task in ("a", "b", "a"):
        loss = model(torch.randn(4, 5), task).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


model = MultiTask()
start = model.heads["a"].weight.detach().clone()
train(model)
