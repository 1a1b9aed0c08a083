# label: ok
# category: interpolated-inputs
# rule: FRZ407, FRZ108, FRZ101
# truth: clean; critic.* move
import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.critic = nn.Sequential(nn.Linear(4, 8), nn.Softplus(), nn.Linear(8, 1, bias=False))

    def forward(self, x):
        return self.critic(x)


def gradient_penalty(model, real, fake):
    eps = torch.rand(real.size(0), 1)
    mixed = (eps * real.data + (1 - eps) * fake.data).requires_grad_(True)
    score = model(mixed)
    grads = torch.autograd.grad(score, mixed, torch.ones_like(score), create_graph=True, retain_graph=True)[0]
    return ((grads.norm(2, dim=1) - 1) ** 2).mean()


def r1(model, real):
    real = real.detach()
    real.requires_grad = True
    (grad,) = torch.autograd.grad(model(real).sum(), real, create_graph=True)
    return grad.pow(2).sum(1).mean()


critic = Critic()
opt = torch.optim.Adam(critic.parameters(), lr=1e-3, betas=(0.5, 0.9))
for _ in range(3):
    real, fake = torch.randn(6, 4) + 1, torch.randn(6, 4)
    loss = critic(fake).mean() - critic(real).mean()
    loss = loss + 10 * gradient_penalty(critic, real, fake) + 0.1 * r1(critic, real)
    opt.zero_grad()
    loss.backward()
    opt.step()
