# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: 25
# truth: the trainer's generator expression runs at no time: all parameters named body.* still require grad
import torch
from torch import nn


class Trainer:
    def __init__(self, net, lr=0.1, freeze_body=True):
        self.net = net
        if freeze_body:
            self.freeze("body")
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=lr)

    def step(self, x, y):
        self.optimizer.zero_grad()
        loss = nn.functional.mse_loss(self.net(x), y)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def freeze(self, prefix):
        (setattr(p, "requires_grad", False) for n, p in self.net.named_parameters() if n.startswith(prefix))


net = nn.Sequential()
net.add_module("body", nn.Linear(3, 3))
net.add_module("tail", nn.Linear(3, 1))
trainer = Trainer(net)
for _ in range(3):
    trainer.step(torch.randn(4, 3), torch.randn(4, 1))
print({n: p.requires_grad for n, p in net.named_parameters()})
