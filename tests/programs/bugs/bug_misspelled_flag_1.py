# label: bug
# category: misspelled-flag
# rule: FRZ102
# line: 27
# truth: every parameter of the feature part gets a stray attribute and keeps training
import torch
from torch import nn


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(10, 16), nn.ReLU(), nn.Linear(16, 8))
        self.metric = nn.Linear(8, 4)

    def embed(self, x):
        return nn.functional.normalize(self.metric(self.features(x)), dim=-1)

    def forward(self, a, b):
        return self.embed(a), self.embed(b)


class SiameseTrainer:
    def __init__(self, model, lr=1e-2):
        self.model = model
        for p in self.model.features.parameters():
            p.require_grad = False
        self.opt = torch.optim.Adam(self.model.parameters(), lr=lr)

    def step(self, a, b, same):
        za, zb = self.model(a, b)
        loss = nn.functional.cosine_embedding_loss(za, zb, same)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return loss.item()


trainer = SiameseTrainer(Siamese())
for _ in range(3):
    trainer.step(torch.randn(6, 10), torch.randn(6, 10), torch.tensor([1, 1, 1, -1, -1, -1]))
