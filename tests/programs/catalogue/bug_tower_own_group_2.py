# label: bug
# category: tower-own-group
# rule: FRZ402
# line: 17
# truth: bert.* has a parameter group of its own and grad None at every step; clf.* moves
import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = nn.Sequential(nn.Embedding(30, 8), nn.Linear(8, 8), nn.Tanh())
        self.clf = nn.Linear(8, 2)

    def forward(self, ids):
        with torch.no_grad():
            h = self.bert(ids)
        return self.clf(h.mean(dim=1))


class Experiment:
    def __init__(self, encoder_lr=2e-5, lr=1e-3):
        self.model = Classifier()
        self.optimizer = torch.optim.AdamW(
            [
                {"params": self.model.bert.parameters(), "lr": encoder_lr},
                {"params": self.model.clf.parameters(), "lr": lr},
            ]
        )

    def run(self):
        self.model.train()
        for _ in range(3):
            out = self.model(torch.randint(0, 30, (4, 7)))
            loss = nn.functional.cross_entropy(out, torch.randint(0, 2, (4,)))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


Experiment().run()
