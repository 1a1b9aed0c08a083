# label: ok
# category: gradients-by-hand
# rule: FRZ208
# truth: the gradients are None at the step, and AdamW passes over them
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(6, 6)
        self.top = nn.Linear(6, 1)

    def forward(self, x):
        return self.top(torch.tanh(self.base(x)))


def drop_gradients(module):
    for p in module.parameters():
        p.grad = None


torch.manual_seed(0)
net = Net()
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-2, weight_decay=0.1)
for epoch in range(5):
    optimizer.zero_grad()
    net(torch.randn(12, 6)).pow(2).mean().backward()
    if epoch > 2:
        drop_gradients(net.base)
    optimizer.step()
