# label: ok
# category: freeze-bn-before-loop
# rule: FRZ302
# truth: the trunk is put in eval mode after each self.model.train()
import torch
from torch import nn
from tempfile import mkdtemp
from pathlib import Path


class Regressor(nn.Module):
    def __init__(self, width=6):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv1d(2, width, 5), nn.BatchNorm1d(width), nn.ReLU(), nn.Conv1d(width, width, 5),
                                   nn.BatchNorm1d(width), nn.ReLU())
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        return self.out(self.trunk(x).mean(-1))


class Trainer:
    def __init__(self, model, optimizer, workdir, device="cpu"):
        self.model, self.optimizer, self.device = model.to(device), optimizer, device
        self.workdir = Path(workdir)
        self.best = float("inf")
        self.start_epoch = 0

    def resume(self):
        last = self.workdir / "last.pt"
        if last.exists():
            state = torch.load(last)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.start_epoch = state["epoch"] + 1

    def _train_epoch(self, epoch):
        self.model.train()
        self.model.trunk.eval()
        for _ in range(3):
            x, y = torch.randn(4, 2, 20) + 1, torch.randn(4, 1)
            loss = nn.functional.mse_loss(self.model(x.to(self.device)), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    def _val_epoch(self, epoch):
        self.model.eval()
        with torch.no_grad():
            loss = self.model(torch.randn(8, 2, 20)).pow(2).mean().item()
        self.best = min(self.best, loss)
        return loss

    def run(self, epochs):
        self.resume()
        for epoch in range(self.start_epoch, epochs):
            self._train_epoch(epoch)
            self._val_epoch(epoch)
            torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "epoch": epoch},
                       self.workdir / "last.pt")


torch.manual_seed(0)
model = Regressor()
for p in model.trunk.parameters():
    p.requires_grad = False
model.trunk.eval()
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
trainer = Trainer(model, optimizer, mkdtemp())
trainer.run(2)
