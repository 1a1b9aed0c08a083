# label: ok
# category: exact-names
# rule: FRZ111, FRZ113
# truth: full names and the split first component select exactly the wanted layers of a twelve-layer stack
import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self, d=6, depth=12):
        super().__init__()
        self.embed = nn.Linear(4, d)
        self.layer = nn.ModuleList(nn.Linear(d, d) for _ in range(depth))
        self.norm = nn.LayerNorm(d)
        self.fc = nn.Linear(d, 2)

    def forward(self, x):
        x = self.embed(x)
        for l in self.layer:
            x = x + torch.tanh(l(x))
        return self.fc(self.norm(x))


def layer_index(name):
    parts = name.split(".")
    return int(parts[1]) if parts[0] == "layer" else None


def freeze_first(model, k):
    for name, p in model.named_parameters():
        idx = layer_index(name)
        if name in {"embed.weight", "embed.bias"} or (idx is not None and idx <= k):
            p.requires_grad_(False)


net = Stack()
freeze_first(net, 1)
groups = [{"params": [p for p in m.parameters() if p.requires_grad]} for m in (*net.layer[2:], net.norm, net.fc)]
opt = torch.optim.AdamW(groups, lr=1e-3)
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
