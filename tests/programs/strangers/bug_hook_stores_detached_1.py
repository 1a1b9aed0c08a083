# label: bug
# category: hook-stores-detached
# rule: FRZ401
# line: 16
# truth: the forward hook stores the features detached, and the loss reads the stored ones: the adapter gets no gradient
import torch
from torch import nn


class FeatureStore:
    def __init__(self):
        self.feats = {}

    def hook(self, name):
        def fn(module, inputs, output):
            self.feats[name] = output.detach()

        return fn


class Probe(nn.Module):
    def __init__(self, dim=6, classes=3):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(5, dim), nn.GELU())
        self.backbone.requires_grad_(False)
        self.adapter = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, classes)
        self.store = FeatureStore()
        self.adapter.register_forward_hook(self.store.hook("adapter"))

    def forward(self, x):
        self.adapter(self.backbone(x))
        return self.head(self.store.feats["adapter"].relu())


torch.manual_seed(0)
probe = Probe()
opt = torch.optim.AdamW([p for p in probe.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    x, y = torch.randn(4, 5), torch.randint(0, 3, (4,))
    loss = nn.functional.cross_entropy(probe(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
