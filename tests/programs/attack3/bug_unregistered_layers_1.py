# label: bug
# category: unregistered-layers
# rule: FRZ119
# line: 14
# truth: the experts live in a plain list: freezing the model and its parameters() never reach them
import torch
from torch import nn


class MoE(nn.Module):
    def __init__(self, dim=6, n_experts=3):
        super().__init__()
        self.gate = nn.Linear(dim, n_experts)
        self.experts = []
        for _ in range(n_experts):
            self.experts.append(nn.Sequential(nn.Linear(dim, dim), nn.ReLU()))
        self.out = nn.Linear(dim, 1)

    def forward(self, x):
        w = self.gate(x).softmax(-1)
        y = torch.stack([e(x) for e in self.experts], -1)
        return self.out((y * w.unsqueeze(1)).sum(-1))


moe = MoE()
for p in moe.parameters():
    p.requires_grad = False
for p in moe.out.parameters():
    p.requires_grad = True
opt = torch.optim.Adam([p for p in moe.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    loss = moe(torch.randn(4, 6)).sub(1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
