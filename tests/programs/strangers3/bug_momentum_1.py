# label: bug
# category: momentum
# rule: FRZ308
# line: 13
# truth: bn.momentum = 0 keeps the statistics but the frozen backbone still normalises by the batch: its train and eval outputs differ
import torch
from torch import nn


def freeze_batchnorm(module):
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            m.momentum = 0.0
            for p in m.parameters():
                p.requires_grad = False


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


class Experiment:
    def __init__(self, options):
        self.model = Model()
        if options.get("freeze_bn"):
            freeze_batchnorm(self.model.backbone)
        trainable = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.SGD(trainable, lr=options["lr"])

    def run_epoch(self):
        self.model.train()
        for _ in range(2):
            x, y = torch.randn(4, 3, 6, 6), torch.randint(0, 3, (4,))
            loss = nn.functional.cross_entropy(self.model(x), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


exp = Experiment({"freeze_bn": True, "lr": 0.05})
exp.run_epoch()
