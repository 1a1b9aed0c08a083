# label: ok
# category: gradual-unfreezing-adds-groups
# rule: FRZ203, FRZ209, FRZ201
# truth: clean; layer1.* stay still, layer2.* and layer3.* and fc.* move
"""ULMFiT-like schedule: from the top down, one layer per epoch, each with its own rate."""
import torch
from torch import nn


class Ladder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        for i in range(1, 4):
            setattr(self, f"layer{i}", nn.Linear(d, d))
        self.fc = nn.Linear(d, 2)

    def forward(self, x):
        for i in range(1, 4):
            x = getattr(self, f"layer{i}")(x).tanh()
        return self.fc(x)


net = Ladder()
for i in range(1, 4):
    getattr(net, f"layer{i}").requires_grad_(False)
optimizer = torch.optim.Adam(net.fc.parameters(), lr=1e-2)

to_open = ["layer3", "layer2"]
for epoch in range(3):
    if epoch > 0:
        block = getattr(net, to_open[epoch - 1])
        block.requires_grad_(True)
        optimizer.add_param_group({"params": block.parameters(), "lr": 1e-2 / 2.6**epoch})
    for _ in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(8, 8)), torch.randint(0, 2, (8,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
