# label: bug
# category: eval-only
# rule: FRZ116
# line: 27
# truth: freeze_backbone() only calls eval(): the backbone's parameters are in the optimizer and move
import torch
from torch import nn


class FeatureNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv1d(2, 6, 3), nn.BatchNorm1d(6), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten())

    def forward(self, x):
        return self.net(x)


class ECGModel(nn.Module):
    def __init__(self, n_classes=3):
        super().__init__()
        self.backbone = FeatureNet()
        self.classifier = nn.Linear(6, n_classes)

    def freeze_backbone(self):
        """Freeze the feature extractor; only the classifier is trained."""
        self.backbone.eval()

    def forward(self, x):
        return self.classifier(self.backbone(x))


class Trainer:
    def __init__(self, model, cfg):
        self.model, self.cfg = model, cfg
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(model.parameters(), lr=cfg["lr"], momentum=cfg.get("momentum", 0.9))

    def fit(self):
        for epoch in range(self.cfg["epochs"]):
            self.model.train()
            self.model.freeze_backbone()
            self._train_epoch()

    def _train_epoch(self):
        for _ in range(2):
            x, y = torch.randn(4, 2, 12), torch.randint(0, 3, (4,))
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(x), y)
            loss.backward()
            self.optimizer.step()


model = ECGModel()
Trainer(model, {"lr": 0.05, "epochs": 2}).fit()
