# label: bug
# category: training-by-hand
# rule: FRZ306
# line: 31
# truth: the attribute of the container is set, its BatchNorm and Dropout stay in train mode and update
import torch
from torch import nn


class EmotionNet(nn.Module):
    def __init__(self, classes=4):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout2d(0.3),
                                      nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.classifier = nn.Linear(4, classes)

    def forward(self, x):
        return self.classifier(self.backbone(x))


def freeze(model):
    for p in model.backbone.parameters():
        p.requires_grad = False


model = EmotionNet()
freeze(model)
optimizer = torch.optim.Adam(model.classifier.parameters(), lr=1e-2)
for epoch in range(2):
    model.train()
    model.backbone.training = False
    for _ in range(2):
        logits = model(torch.rand(4, 1, 7, 7))
        loss = nn.functional.cross_entropy(logits, torch.randint(0, 4, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
