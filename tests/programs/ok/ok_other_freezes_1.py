# label: ok
# category: freeze-train-eval-of-other-things
# rule: FRZ105, FRZ106, FRZ206, FRZ304, FRZ302, FRZ116
# truth: clean; net.*.weight move, net.3.bias moves
"""None of these freeze(), train(), eval() calls concerns a module that is trained."""
import gc

import torch
from torch import nn


class CfgNode(dict):
    def freeze(self):
        self["_frozen"] = True

    def defrost(self):
        self["_frozen"] = False


class Index:
    """Like a faiss index: train() fits the quantiser and returns nothing."""

    def train(self, vectors):
        self.mean = vectors.mean(0)

    def eval(self, expr):
        return getattr(self, expr)


class Model(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(cfg["dim"], 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 1))

    def forward(self, x):
        return self.net(x)


cfg = CfgNode(dim=4, lr=0.05, tags=frozenset({"a"}))
cfg.freeze()
gc.collect()
gc.freeze()

model = Model(cfg)
index = Index()
index.train(torch.randn(20, 4))
centre = index.eval("mean")
optimizer = torch.optim.SGD(model.parameters(), lr=cfg["lr"])
for epoch in range(3):
    model.train()
    x = torch.randn(12, 4) - centre
    loss = (model(x).squeeze(1) - x.sum(1)).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
cfg.defrost()
gc.unfreeze()
model.eval()
traced = torch.jit.freeze(torch.jit.trace(model, torch.randn(2, 4)))
print(traced(torch.randn(1, 4)))
