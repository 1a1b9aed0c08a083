# label: ok
# category: step-enable-grad
# rule: FRZ405
# truth: clean; model.* moves: gradients are enabled again within
import torch
from torch import nn


class Sam(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure):
        with torch.enable_grad():
            loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.add_(p.grad, alpha=-group["lr"])
        return loss


model = nn.Linear(4, 2)
optimizer = Sam(model.parameters())
for _ in range(3):
    x, y = torch.randn(3, 4), torch.tensor([0, 1, 0])

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        return loss

    optimizer.step(closure)
