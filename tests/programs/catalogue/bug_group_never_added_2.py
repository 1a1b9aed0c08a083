# label: bug
# category: group-never-added
# rule: FRZ207
# line: 21
# truth: biases and norms are sorted into a list of their own, and only the other list is given to the optimizer
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        return x + self.norm(self.fc(x)).relu()


def build_optimizer(model, weight_decay):
    decay, no_decay = [], []
    for name, param in model.named_parameters():
        if param.ndim == 1 or name.endswith(".bias"):
            no_decay.append(param)
        else:
            decay.append(param)
    groups = [{"params": decay, "weight_decay": weight_decay}]
    return torch.optim.AdamW(groups, lr=1e-3)


torch.manual_seed(0)
net = nn.Sequential(Block(6), Block(6), nn.Linear(6, 1))
optim = build_optimizer(net, 0.05)
for _ in range(3):
    optim.zero_grad()
    net(torch.randn(5, 6)).pow(2).mean().backward()
    optim.step()
