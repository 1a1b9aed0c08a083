# label: bug
# category: eval-undone
# rule: FRZ302
# line: 34
# truth: the encoder is in eval only until train_epoch calls self.model.train(), its BatchNorm then drifts
import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 6, 3)
        self.norm = nn.BatchNorm1d(6)

    def forward(self, x):
        return self.norm(self.conv(x)).relu().mean(-1)


class ECGNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.linear = nn.Linear(6, 2)

    def forward(self, x):
        return self.linear(self.encoder(x))


class Trainer:
    def __init__(self, model):
        self.model = model
        self.model.encoder.requires_grad_(False)
        self.model.encoder.eval()
        self.optimizer = torch.optim.Adam(self.model.linear.parameters(), lr=1e-3)
        self.criterion = nn.CrossEntropyLoss()

    def train_epoch(self):
        self.model.train()
        for _ in range(3):
            x, y = torch.randn(5, 1, 30) + 1, torch.randint(0, 2, (5,))
            loss = self.criterion(self.model(x), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


trainer = Trainer(ECGNet())
for _ in range(2):
    trainer.train_epoch()
