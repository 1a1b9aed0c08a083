# label: bug
# category: wrong-discriminator-frozen
# rule: FRZ125
# line: 48
# truth: a deep copy of the teacher is frozen and thrown away: the teacher that runs is in the optimizer and moves
from copy import deepcopy

import torch
import torch.nn.functional as F
from torch import nn


def mlp(*dims):
    layers = []
    for a, b in zip(dims[:-1], dims[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Distiller(nn.Module):
    def __init__(self, teacher, student, T=4.0, alpha=0.7):
        super().__init__()
        self.teacher, self.student = teacher, student
        self.T, self.alpha = T, alpha

    def forward(self, x, y):
        t, s = self.teacher(x), self.student(x)
        soft = F.kl_div(F.log_softmax(s / self.T, -1), F.softmax(t / self.T, -1), reduction="batchmean") * self.T**2
        return self.alpha * soft + (1 - self.alpha) * F.cross_entropy(s, y)


def pretrain(net, steps=3):
    opt = torch.optim.Adam(net.parameters(), lr=1e-2)
    for _ in range(steps):
        x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
        loss = F.cross_entropy(net(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return net


def main():
    torch.manual_seed(0)
    big = pretrain(mlp(6, 32, 32, 3))
    frozen = deepcopy(big)
    for p in frozen.parameters():
        p.requires_grad_(False)
    frozen.eval()
    kd = Distiller(big, mlp(6, 8, 3))
    optimizer = torch.optim.SGD([p for p in kd.parameters() if p.requires_grad], lr=0.1)
    for step in range(4):
        x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
        loss = kd(x, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
