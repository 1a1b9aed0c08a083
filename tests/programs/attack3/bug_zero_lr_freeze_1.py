# label: bug
# category: zero-lr-freeze
# rule: FRZ210
# line: 22
# truth: OneCycleLR overwrites the zero rate of the encoder's group: the encoder moves from the first steps on
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.ReLU())
        self.classifier = nn.Linear(8, 4)

    def forward(self, x):
        return self.classifier(self.encoder(x))


def configure(net, max_lr, steps):
    optimizer = torch.optim.AdamW([
        {"params": net.encoder.parameters(), "lr": 0.0},  # frozen
        {"params": net.classifier.parameters(), "lr": max_lr},
    ])
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=max_lr, total_steps=steps)
    return optimizer, scheduler


torch.manual_seed(0)
net = Net()
optimizer, scheduler = configure(net, 1e-2, 10)
for step in range(6):
    loss = nn.functional.cross_entropy(net(torch.randn(8, 6)), torch.randint(0, 4, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
