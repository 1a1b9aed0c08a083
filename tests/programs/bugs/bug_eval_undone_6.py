# label: bug
# category: eval-undone
# rule: FRZ302
# line: 46
# truth: freeze_norms() runs before the loop and net.train() in it: all three norms update again
import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

NORMS = (nn.BatchNorm2d, nn.BatchNorm1d)


class Embedder(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.bn_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(4, 4, 3)
        self.bn_b = nn.BatchNorm2d(4)
        self.neck = nn.Linear(4, 6, bias=False)
        self.bn_neck = nn.BatchNorm1d(6)

    def forward(self, x):
        x = self.bn_a(self.a(x)).relu()
        x = self.bn_b(self.b(x)).relu()
        return self.bn_neck(self.neck(x.mean((2, 3))))


def freeze_norms(net):
    [m.eval() for m in net.modules() if isinstance(m, NORMS)]


def triplet_epoch(net, opt):
    net.train()
    for _ in range(2):
        a, p, n = (net(torch.rand(4, 3, 8, 8)) for _ in range(3))
        loss = nn.functional.triplet_margin_loss(a, p, n)
        opt.zero_grad()
        loss.backward()
        opt.step()


net = Embedder()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
sched = LambdaLR(opt, lambda e: 0.9**e)
freeze_norms(net)
for epoch in range(2):
    triplet_epoch(net, opt)
    sched.step()
