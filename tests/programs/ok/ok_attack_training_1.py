# label: ok
# category: adversarial-training-inputs
# rule: FRZ407, FRZ108, FRZ101, FRZ206
# truth: clean; conv.* and fc.* move
"""PGD training: the perturbed images are leaves that require grad, the weights are switched off for the attack only."""
import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).mean((2, 3)))


def pgd(model, images, labels, eps=0.1, alpha=0.05, iters=2):
    for p in model.parameters():
        p.requires_grad_(False)
    adv = images.detach() + torch.empty_like(images).uniform_(-eps, eps)
    for _ in range(iters):
        adv.requires_grad = True
        cost = F.cross_entropy(model(adv), labels)
        (grad,) = torch.autograd.grad(cost, adv)
        adv = adv.detach() + alpha * grad.sign()
        adv = (images + (adv - images).clamp(-eps, eps)).clamp(0, 1).detach()
    for p in model.parameters():
        p.requires_grad_(True)
    return adv


model = Net()
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for step in range(3):
    model.train()
    images, labels = torch.rand(6, 1, 6, 6), torch.randint(0, 3, (6,))
    adv = pgd(model, images, labels)
    opt.zero_grad()
    loss = F.cross_entropy(model(adv), labels)
    loss.backward()
    opt.step()
