# label: ok
# category: grad-mode-restored
# rule: FRZ404
# truth: set_grad_enabled(False) for the evaluation is followed by set_grad_enabled(True) in a finally block
import torch
from torch import nn


class Loop:
    def __init__(self, model, lr=0.1):
        self.model = model
        self.opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)

    def train(self):
        self.model.train()
        for _ in range(2):
            self.opt.zero_grad()
            self.loss().backward()
            self.opt.step()

    def loss(self):
        return nn.functional.cross_entropy(self.model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))

    def evaluate(self):
        torch.set_grad_enabled(False)
        self.model.eval()
        try:
            return sum(self.loss().item() for _ in range(2))
        finally:
            torch.set_grad_enabled(True)


model = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))
model[0].requires_grad_(False)
loop = Loop(model)
for epoch in range(2):
    loop.train()
    print(epoch, loop.evaluate())
