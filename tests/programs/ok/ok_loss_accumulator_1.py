# label: ok
# category: loss-starts-as-a-leaf
# rule: FRZ407, FRZ206
# truth: clean; enc.* stay still, heads.* move; the leaf that starts the sum cuts no path
import torch
from torch import nn


class MultiHead(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.enc = nn.Linear(5, 7)
        self.heads = nn.ModuleList([nn.Linear(7, 1) for _ in range(n)])
        self.enc.weight.requires_grad_(False)
        self.enc.bias.requires_grad_(False)

    def forward(self, x):
        h = self.enc(x).sigmoid()
        return [head(h) for head in self.heads]


def total_loss(outputs, targets):
    loss = torch.tensor(0.0, requires_grad=True)
    for out, target in zip(outputs, targets.unbind(1)):
        loss = loss + nn.functional.l1_loss(out.squeeze(1), target)
    return loss


net = MultiHead()
optimizer = torch.optim.NAdam(net.heads.parameters(), lr=1e-2)
for _ in range(3):
    x, targets = torch.randn(9, 5), torch.rand(9, 3)
    loss = total_loss(net(x), targets)
    optimizer.zero_grad()
    loss.backward()
    assert all(p.grad is not None for p in net.heads.parameters())
    optimizer.step()
