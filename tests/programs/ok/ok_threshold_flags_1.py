# label: ok
# category: freeze-name-in-a-comparison
# rule: FRZ117
# truth: clean; blocks.0.* and blocks.1.* and stem.* stay still, blocks.2.* and head.* move
"""The names say freeze, the comparison turns the sense round."""
import torch
from torch import nn

freeze_until = 2
frozen_names = frozenset({"stem"})


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(4, 8)
        self.blocks = nn.ModuleList(nn.Linear(8, 8) for _ in range(3))
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = x + block(x).tanh()
        return self.head(x)


net = Net()
for i, block in enumerate(net.blocks):
    block.requires_grad_(i >= freeze_until)
for name, child in net.named_children():
    if name != "blocks":
        for p in child.parameters():
            p.requires_grad = name not in frozen_names

opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.05, momentum=0.9)
for _ in range(3):
    loss = nn.functional.cross_entropy(net(torch.randn(6, 4)), torch.randint(0, 2, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
