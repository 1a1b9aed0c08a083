# label: ok
# category: ema-and-early-stop
# rule: FRZ108,FRZ204,FRZ302
# truth: clean
import copy

import torch
from torch import nn


class EMA:
    def __init__(self, model, decay):
        self.model = model
        self.decay = decay
        self.shadow, self.backup = {}, {}

    def register(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.shadow[name] = param.data.clone()

    def update(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.shadow[name] = (1.0 - self.decay) * param.data + self.decay * self.shadow[name]

    def apply_shadow(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.backup[name], param.data = param.data, self.shadow[name]

    def restore(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                param.data = self.backup[name]


class EarlyStopping:
    def __init__(self, patience=2):
        self.patience, self.best, self.bad, self.best_model = patience, None, 0, None

    def __call__(self, val_loss, model):
        if self.best is None or val_loss < self.best:
            self.best, self.bad = val_loss, 0
            self.best_model = copy.deepcopy(model).eval().requires_grad_(False)
        else:
            self.bad += 1
        return self.bad >= self.patience


net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 1))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-2)
ema, stopper = EMA(net, 0.9), EarlyStopping()
ema.register()
for epoch in range(3):
    net.train()
    loss = net(torch.randn(8, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    ema.update()
    ema.apply_shadow()
    net.eval()
    with torch.no_grad():
        val = net(torch.randn(8, 4)).pow(2).mean().item()
    ema.restore()
    if stopper(val, net):
        break
