# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: the interpolates of the gradient penalty are made of tensors without grad, so they are leaves
import torch
from torch import nn

critic = nn.Sequential(nn.Linear(2, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))
gen = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 2))
opt_c = torch.optim.Adam(critic.parameters(), lr=1e-3, betas=(0.0, 0.9))
opt_g = torch.optim.Adam(gen.parameters(), lr=1e-3, betas=(0.0, 0.9))


def gradient_penalty(real, fake):
    alpha = torch.rand(real.size(0), 1)
    inter = alpha * real + (1 - alpha) * fake
    inter.requires_grad = True
    score = critic(inter)
    grad, = torch.autograd.grad(score, inter, torch.ones_like(score), create_graph=True)
    return ((grad.norm(2, dim=1) - 1) ** 2).mean()


for it in range(2):
    for _ in range(2):
        real = torch.randn(8, 2) + 3
        fake = gen(torch.randn(8, 3)).detach()
        loss_c = critic(fake).mean() - critic(real).mean() + 10 * gradient_penalty(real, fake)
        opt_c.zero_grad()
        loss_c.backward()
        opt_c.step()
    loss_g = -critic(gen(torch.randn(8, 3))).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
