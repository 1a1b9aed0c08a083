# label: ok
# category: walrus-parameter
# rule: FRZ101
# truth: clean
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.fc = nn.Linear(4, 2)
        self.temperature = nn.Parameter(torch.ones(()))

    def forward(self, x):
        return self.fc(self.backbone(x)) / self.temperature


net = Net()
if (t := getattr(net, "temperature", None)) is not None:
    t.requires_grad = False
if (part := net.backbone) and not (frozen := [p.requires_grad_(False) for p in part.parameters()]):
    raise SystemExit("nothing to freeze")
opt = torch.optim.SGD(params=[p for p in net.parameters() if p.requires_grad], lr=0.5)
i = 0
while (i := i + 1) <= 3:
    opt.zero_grad()
    net(torch.randn(3, 4)).exp().mean().backward()
    opt.step()
