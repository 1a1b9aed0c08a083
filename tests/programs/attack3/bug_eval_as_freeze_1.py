# label: bug
# category: eval-as-freeze
# rule: FRZ116
# line: 20
# truth: freeze_backbone() only switches to eval; every backbone weight is in the optimizer and moves
import torch
from torch import nn


class ReIDNet(nn.Module):
    def __init__(self, num_ids=4):
        super().__init__()
        self.backbone = nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=2, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.bottleneck = nn.Linear(6, 6)
        self.classifier = nn.Linear(6, num_ids, bias=False)

    def freeze_backbone(self):
        self.backbone.eval()

    def forward(self, x):
        return self.classifier(self.bottleneck(self.backbone(x)))


class ReIDTrainer:
    def __init__(self, net, fixbase_epochs=2):
        self.net = net
        self.fixbase_epochs = fixbase_epochs
        self.optim = torch.optim.Adam(net.parameters(), lr=3e-3, weight_decay=5e-4)

    def train(self, epochs=2):
        for ep in range(epochs):
            self.net.train()
            if ep < self.fixbase_epochs:
                self.net.freeze_backbone()
            self._epoch()

    def _epoch(self):
        for _ in range(2):
            imgs, pids = torch.rand(4, 3, 9, 9), torch.randint(0, 4, (4,))
            loss = nn.functional.cross_entropy(self.net(imgs), pids, label_smoothing=0.1)
            self.optim.zero_grad()
            loss.backward()
            self.optim.step()


trainer = ReIDTrainer(ReIDNet())
trainer.train()
