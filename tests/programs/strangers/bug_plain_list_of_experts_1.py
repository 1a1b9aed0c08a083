# label: bug
# category: plain-list-of-experts
# rule: FRZ119
# line: 23
# truth: the experts are in a plain list: named_parameters has none of them, the freeze of the model does not reach them
import torch
import torch.nn as nn


class Expert(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.w1, self.w2 = nn.Linear(dim, 2 * dim), nn.Linear(2 * dim, dim)

    def forward(self, x):
        return self.w2(torch.relu(self.w1(x)))


class MoE(nn.Module):
    def __init__(self, dim, num_experts=3, top_k=1):
        super().__init__()
        self.gate = nn.Linear(dim, num_experts)
        self.experts = []
        for _ in range(num_experts):
            self.experts.append(Expert(dim))
        self.top_k = top_k

    def forward(self, x):
        weights = self.gate(x).softmax(-1)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            out = out + weights[..., i : i + 1] * expert(x)
        return out


def linear_probe(backbone, dim, classes):
    for p in backbone.parameters():
        p.requires_grad = False
    backbone.eval()
    return nn.Linear(dim, classes)


torch.manual_seed(0)
moe = MoE(6)
probe = linear_probe(moe, 6, 3)
optimizer = torch.optim.LBFGS(probe.parameters(), lr=0.1, max_iter=3)
x, y = torch.randn(16, 6), torch.randint(0, 3, (16,))


def closure():
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(probe(moe(x)), y)
    loss.backward()
    return loss


for _ in range(3):
    optimizer.step(closure)
