# label: bug
# category: step-without-grad
# rule: FRZ405
# line: 18
# truth: the train step is decorated with torch.no_grad(), so backward has no graph
# raises: RuntimeError
import torch
from torch import nn
from torch.amp import GradScaler, autocast


class Trainer:
    def __init__(self, model, optimizer, use_amp=False):
        self.model, self.optimizer = model, optimizer
        self.scaler = GradScaler("cpu", enabled=use_amp)
        self.use_amp = use_amp

    @torch.no_grad()
    def train_step(self, x, y):
        self.optimizer.zero_grad()
        with autocast("cpu", enabled=self.use_amp):
            loss = nn.functional.cross_entropy(self.model(x), y)
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return loss.item()

    @torch.no_grad()
    def valid_step(self, x, y):
        return (self.model(x).argmax(-1) == y).float().mean().item()


model = nn.Sequential(nn.Linear(5, 5), nn.ReLU(), nn.Linear(5, 2))
model[0].requires_grad_(False)
trainer = Trainer(model, torch.optim.Adam(model[2].parameters(), lr=1e-3))
for epoch in range(2):
    trainer.train_step(torch.randn(4, 5), torch.randint(0, 2, (4,)))
    trainer.valid_step(torch.randn(4, 5), torch.randint(0, 2, (4,)))
