# label: ok
# category: train-override-right
# rule: FRZ304
# truth: train() overrides in a mixin and in the class call super().train(mode) first and return self
import torch
from torch import nn


class KeepEval:
    keep_eval = ()

    def train(self, mode=True):
        super().train(mode)
        for name in self.keep_eval:
            getattr(self, name).eval()
        return self


class Captioner(KeepEval, nn.Module):
    keep_eval = ("visual",)

    def __init__(self):
        super().__init__()
        self.visual = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Dropout(0.3))
        self.visual.requires_grad_(False)
        self.decoder = nn.Linear(8, 12)

    def forward(self, x):
        return self.decoder(self.visual(x))


class Trainer:
    def __init__(self, model):
        self.model = model
        self.opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)

    def train(self, epochs):
        for _ in range(epochs):
            model = self.model.train()
            loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.randint(0, 12, (4,)))
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()


trainer = Trainer(Captioner())
trainer.train(2)
