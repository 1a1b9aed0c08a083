# label: ok
# category: reset-then-freeze
# rule: FRZ114
# truth: each call of set_trainable first resets all flags and then freezes what it was asked to; only the last call counts
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Linear(3, 6)
        self.high = nn.Linear(6, 1)

    def forward(self, x):
        return self.high(torch.relu(self.low(x)))

    def set_trainable(self, *frozen):
        self.requires_grad_(True)
        for name in frozen:
            getattr(self, name).requires_grad_(False)


net = Net()
net.set_trainable("low", "high")
print(sum(p.requires_grad for p in net.parameters()), "trainable before the choice")
net.set_trainable("low")
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(4, 3)).mean().backward()
    opt.step()
