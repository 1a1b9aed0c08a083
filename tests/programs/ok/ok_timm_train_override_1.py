# label: ok
# category: timm-train-override
# rule: FRZ301,FRZ302,FRZ206
# truth: clean
import timm
import torch
from torch import nn


class Probe(nn.Module):
    def __init__(self, name, classes):
        super().__init__()
        self.encoder = timm.create_model(name, pretrained=False, num_classes=0)
        self.encoder.requires_grad_(False)
        self.head = nn.Linear(self.encoder.num_features, classes)

    def train(self, mode: bool = True):
        super().train(mode)
        self.encoder.train(False)
        return self

    def forward(self, x):
        return self.head(self.encoder(x))


model = Probe("test_resnet", 3)
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for epoch in range(2):
    model.train()
    loss = nn.functional.cross_entropy(model(torch.randn(2, 3, 64, 64)), torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
