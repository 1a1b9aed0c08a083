# label: ok
# category: frozen-norm-in-eval-mode
# rule: FRZ301
# truth: the train override keeps the backbone in eval mode: its running means stand still
import torch
import torchvision
from torch import nn


class Probe(nn.Module):
    def __init__(self, make, classes):
        super().__init__()
        self.backbone = make(weights=None)
        width = self.backbone.fc.in_features
        self.backbone.fc = nn.Identity()
        self.backbone.requires_grad_(False)
        self.head = nn.Linear(width, classes)

    def train(self, mode=True):
        super().train(mode)
        for module in self.backbone.modules():
            module.training = False
        return self

    def forward(self, x):
        return self.head(self.backbone(x))


model = Probe(torchvision.models.resnet18, 3)
mean = model.backbone.bn1.running_mean.clone()
optimizer = torch.optim.Adam(model.head.parameters(), lr=1e-3)
model.train()
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 3, 32, 32)), torch.randint(0, 3, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
