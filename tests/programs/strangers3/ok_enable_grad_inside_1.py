# label: ok
# category: enable-grad-inside
# rule: FRZ405
# truth: the step decorated with no_grad (SAM) computes its loss under enable_grad in the closure
import torch
from torch import nn


class SAM(torch.optim.Optimizer):
    def __init__(self, params, rho=0.05, lr=0.1):
        super().__init__(params, dict(rho=rho, lr=lr))
        self.base = torch.optim.SGD(self.param_groups, lr=lr)

    @torch.no_grad()
    def step(self, closure=None):
        closure = torch.enable_grad()(closure)
        loss = closure()
        grads = [p.grad for g in self.param_groups for p in g["params"] if p.grad is not None]
        norm = torch.norm(torch.stack([g.norm() for g in grads])) + 1e-12
        moves = []
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                e = group["rho"] * p.grad / norm
                p.add_(e)
                moves.append((p, e))
        self.zero_grad()
        closure()
        for p, e in moves:
            p.sub_(e)
        self.base.step()
        self.zero_grad()
        return loss


net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
for p in net[0].parameters():
    p.requires_grad = False
opt = SAM(filter(lambda p: p.requires_grad, net.parameters()))
for _ in range(3):
    x, y = torch.randn(4, 4), torch.randint(0, 2, (4,))

    def closure():
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        return loss

    opt.step(closure)
