# label: ok
# category: optimizer-rebuilt
# rule: FRZ204
# truth: the head is replaced per task and the optimizer is built anew after it
import torch
from torch import nn


class Continual(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.encoder = nn.Linear(4, d)
        self.head = nn.Linear(d, 2)

    def new_head(self, classes):
        self.head = nn.Linear(self.head.in_features, classes)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


class Learner:
    optimizer_cls = torch.optim.Adam

    def __init__(self, model):
        self.model = model
        self.reset_optimizer()

    def reset_optimizer(self):
        self.optimizer = self.optimizer_cls([p for p in self.model.parameters() if p.requires_grad], lr=1e-2)

    def task(self, classes):
        if classes != self.model.head.out_features:
            self.model.new_head(classes)
            self.reset_optimizer()
        for _ in range(2):
            loss = nn.functional.cross_entropy(self.model(torch.randn(4, 4)), torch.randint(0, classes, (4,)))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


learner = Learner(Continual())
for classes in (2, 4):
    learner.task(classes)
