# label: ok
# category: group-added
# rule: FRZ207
# truth: every group that is built reaches the optimizer, by append, by extend or by values() of a dict
from collections import defaultdict
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.prompt = nn.Parameter(torch.zeros(1, 2, 6))
        self.layers = nn.ModuleList([nn.Linear(6, 6) for _ in range(3)])
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        x = torch.cat([self.prompt.expand(len(x), -1, -1), x], 1)
        for l in self.layers:
            x = torch.tanh(l(x))
        return self.head(x.mean(1))


def layerwise_groups(model, lr, decay=0.5):
    groups = defaultdict(lambda: {"params": []})
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        depth = int(name.split(".")[1]) if name.startswith("layers.") else 3
        key = f"layer_{depth}"
        groups[key]["params"].append(p)
        groups[key]["lr"] = lr * decay ** (3 - depth)
    return list(groups.values())


net = Net()
net.layers[0].requires_grad_(False)
opt = torch.optim.AdamW(layerwise_groups(net, 1e-2))
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 6)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
