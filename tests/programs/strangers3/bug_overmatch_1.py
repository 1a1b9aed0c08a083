# label: bug
# category: overmatch
# rule: FRZ113
# line: 37
# truth: "blocks.1" in name also takes blocks.10 and blocks.11 of the twelve blocks
import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.fc = nn.Linear(d, d)

    def forward(self, x):
        return x + torch.relu(self.fc(self.norm(x)))


class Transformer(nn.Module):
    def __init__(self, d=6, depth=12):
        super().__init__()
        self.blocks = nn.ModuleList(Layer(d) for _ in range(depth))
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        for b in self.blocks:
            x = b(x)
        return self.head(x)


FREEZE = ["blocks.0.", "blocks.1"]


def apply_freeze(model, patterns):
    for name, p in model.named_parameters():
        if any(pat in name for pat in patterns):
            p.requires_grad = False


net = Transformer()
apply_freeze(net, FREEZE)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.01)
for i in range(2):
    loss = net(torch.randn(5, 6)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
