# label: bug
# category: step-without-grad
# rule: FRZ405
# line: 32
# truth: the decorator of the training step switches grad off: backward raises
# raises: RuntimeError
import torch
from torch import nn


class DiffusionTrainer:
    def __init__(self, net, T=10, lr=1e-3):
        self.net, self.T = net, T
        self.opt = torch.optim.AdamW(net.parameters(), lr=lr)
        self.alpha_bar = torch.cumprod(1 - torch.linspace(1e-3, 0.2, T), 0)

    @torch.no_grad()
    def sample(self, n):
        x = torch.randn(n, 2)
        for t in reversed(range(self.T)):
            x = x - 0.1 * self.net(torch.cat([x, torch.full((n, 1), t / self.T)], 1))
        return x

    @torch.no_grad()
    def train_step(self, x0):
        t = torch.randint(0, self.T, (len(x0),))
        ab = self.alpha_bar[t][:, None]
        eps = torch.randn_like(x0)
        xt = ab.sqrt() * x0 + (1 - ab).sqrt() * eps
        loss = (self.net(torch.cat([xt, t[:, None] / self.T], 1)) - eps).pow(2).mean()
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return loss.item()


net = nn.Sequential(nn.Linear(3, 32), nn.SiLU(), nn.Linear(32, 2))
trainer = DiffusionTrainer(net)
for _ in range(3):
    trainer.train_step(torch.randn(16, 2))
print(trainer.sample(4))
