# label: ok
# category: zeroed-gradients
# rule: FRZ208
# truth: plain SGD without decay or momentum: a zero gradient is no step, the pruned weights stay at zero
import torch
from torch import nn


class Pruned(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 16)
        self.fc2 = nn.Linear(16, 2)
        self.register_buffer("mask", (torch.rand(16, 8) > 0.5).float())
        with torch.no_grad():
            self.fc1.weight.mul_(self.mask)
        self.fc1.weight.register_hook(lambda g: g * self.mask)

    def forward(self, x):
        return self.fc2(self.fc1(x).relu())


net = Pruned()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(4):
    loss = nn.functional.cross_entropy(net(torch.randn(8, 8)), torch.randint(0, 2, (8,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
print("sparsity", (net.fc1.weight == 0).float().mean().item())
