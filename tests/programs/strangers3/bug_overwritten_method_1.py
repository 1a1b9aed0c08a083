# label: bug
# category: overwritten-method
# rule: FRZ105
# line: 24
# truth: self.teacher.requires_grad_ = False shadows the method: the teacher, held by the optimizer, keeps its flags and moves
import torch
import torch.nn as nn
import torch.nn.functional as F


def mlp(sizes):
    layers = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Distiller(nn.Module):
    def __init__(self, temperature=4.0, alpha=0.5):
        super().__init__()
        self.teacher = mlp([6, 32, 32, 3])
        self.student = mlp([6, 8, 3])
        self.T, self.alpha = temperature, alpha
        self.teacher.requires_grad_ = False

    def forward(self, x, y):
        t = self.teacher(x)
        s = self.student(x)
        kd = F.kl_div(F.log_softmax(s / self.T, -1), F.softmax(t / self.T, -1), reduction="batchmean") * self.T ** 2
        return self.alpha * kd + (1 - self.alpha) * F.cross_entropy(s, y)


def main():
    torch.manual_seed(1)
    distiller = Distiller()
    opt = torch.optim.Adam(distiller.parameters(), lr=1e-2)
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    for epoch in range(2):
        for _ in range(2):
            x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
            opt.zero_grad(set_to_none=True)
            loss = distiller(x, y)
            scaler.scale(loss).backward()
            scaler.step(opt)
            scaler.update()
    return distiller


distiller = main()
