# label: ok
# category: experts-in-optimizer
# rule: FRZ119
# truth: the experts are kept out of the module on purpose and handed to an optimizer of their own; they move
import torch
from torch import nn


class Mixture(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(3, 2)
        self.experts = [nn.Linear(3, 1) for _ in range(2)]

    def expert_parameters(self):
        for expert in self.experts:
            yield from expert.parameters()

    def forward(self, x):
        weights = self.gate(x).softmax(-1)
        outputs = torch.cat([expert(x) for expert in self.experts], -1)
        return (weights * outputs).sum(-1)


moe = Mixture()
start = moe.experts[0].weight.detach().clone()
slow = torch.optim.SGD(moe.parameters(), lr=0.01)
fast = torch.optim.SGD(moe.expert_parameters(), lr=0.1)
for _ in range(2):
    loss = moe(torch.randn(5, 3)).pow(2).mean()
    slow.zero_grad()
    fast.zero_grad()
    loss.backward()
    slow.step()
    fast.step()
