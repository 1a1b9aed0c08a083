# label: ok
# category: eval-repeated-in-train-step
# rule: FRZ302, FRZ301, FRZ303, FRZ304
# truth: clean; clip.* stay still, statistics of clip.norm stay still, adapter.* move
import torch
from torch import nn


class Clip(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(10, 8)
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        return self.drop(self.norm(self.lin(x)))


class Algorithm(nn.Module):
    """In the style of DomainBed: update() is the training step."""

    def __init__(self, hparams):
        super().__init__()
        self.clip = Clip()
        self.adapter = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))
        self.clip.requires_grad_(False)
        self.optimizer = torch.optim.Adam(self.adapter.parameters(), lr=hparams["lr"])

    def forward(self, x):
        return self.adapter(self.clip(x))

    def update(self, minibatches):
        self.clip.eval()
        x = torch.cat([x for x, _ in minibatches])
        y = torch.cat([y for _, y in minibatches])
        loss = nn.functional.cross_entropy(self(x), y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return {"loss": loss.item()}


algorithm = Algorithm({"lr": 5e-2})
for step in range(4):
    algorithm.train()
    envs = [(torch.randn(4, 10) + e, torch.randint(0, 2, (4,))) for e in range(3)]
    print(algorithm.update(envs))
