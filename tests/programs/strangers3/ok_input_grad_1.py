# label: ok
# category: input-grad
# rule: FRZ407
# truth: requires_grad is set on the adversarial input of a frozen classifier, a leaf by design, while the generator of noise trains
import torch
from torch import nn


class PatchGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 6))

    def forward(self, z):
        return 0.1 * torch.tanh(self.net(z))


victim = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3)).eval()
for p in victim.parameters():
    p.requires_grad = False


def pgd(x, y, steps=2, eps=0.1):
    adv = x.clone().detach()
    for _ in range(steps):
        adv.requires_grad_(True)
        loss = nn.functional.cross_entropy(victim(adv), y)
        loss.backward()
        adv = (adv + eps * adv.grad.sign()).detach()
    return adv


gen = PatchGenerator()
opt = torch.optim.Adam(gen.parameters(), lr=1e-2)
for _ in range(3):
    x, y = torch.randn(4, 6), torch.randint(0, 3, (4,))
    target = victim(pgd(x, y)).argmax(1)
    loss = nn.functional.cross_entropy(victim(x + gen(torch.randn(4, 4))), target)
    opt.zero_grad()
    loss.backward()
    opt.step()
