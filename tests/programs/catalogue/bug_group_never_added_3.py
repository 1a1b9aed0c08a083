# label: bug
# category: group-never-added
# rule: FRZ207
# line: 28
# truth: the group of the projector is made and never appended: the projector never moves
import torch
import torch.nn as nn


class Contrastive(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = nn.Sequential(nn.Linear(10, 10), nn.ReLU())
        self.projector = nn.Linear(10, 4)

    def forward(self, x):
        return self.projector(self.tower(x))


class Trainer:
    def __init__(self, model, lr=1e-2):
        self.model = model
        self.lr = lr
        self.optimizer = self.make_optimizer()

    def make_optimizer(self):
        groups = [{"params": list(self.model.tower.parameters()), "lr": self.lr}]
        projector = {"params": list(self.model.projector.parameters()), "lr": self.lr * 10}
        return torch.optim.SGD(groups, momentum=0.9)

    def train(self, steps):
        for _ in range(steps):
            a = self.model(torch.randn(8, 10))
            loss = (a - a.mean(0)).norm()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


torch.manual_seed(0)
Trainer(Contrastive()).train(3)
