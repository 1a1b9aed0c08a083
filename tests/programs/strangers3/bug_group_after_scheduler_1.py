# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 36
# truth: add_param_group after LambdaLR was built: the next scheduler.step() raises
# raises: ValueError
import math
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


def cosine(total):
    return lambda e: 0.5 * (1 + math.cos(math.pi * e / total))


class Runner:
    def __init__(self, epochs=3, unfreeze_at=1):
        self.net = Net()
        self.net.encoder.requires_grad_(False)
        self.epochs, self.unfreeze_at = epochs, unfreeze_at
        self.opt = torch.optim.SGD(self.net.head.parameters(), lr=0.1)
        self.sched = torch.optim.lr_scheduler.LambdaLR(self.opt, lr_lambda=cosine(epochs))

    def unfreeze(self):
        self.net.encoder.requires_grad_(True)
        self.opt.add_param_group({"params": self.net.encoder.parameters(), "lr": 0.01})

    def run(self):
        for epoch in range(self.epochs):
            if epoch == self.unfreeze_at:
                self.unfreeze()
            for _ in range(2):
                loss = self.net(torch.randn(4, 4)).square().mean()
                self.opt.zero_grad()
                loss.backward()
                self.opt.step()
            self.sched.step()


Runner().run()
