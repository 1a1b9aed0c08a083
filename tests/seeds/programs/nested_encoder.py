"""An encoder of several layers is frozen as one; decoder and classifier train."""

import torch
from torch import nn


class Reconstructor(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.decoder = nn.Sequential(nn.ConvTranspose2d(4, 1, 2, stride=2), nn.Sigmoid())
        self.classifier = nn.Linear(64, 3)

    def forward(self, image):
        code = self.encoder(image)
        return self.decoder(code), self.classifier(code.flatten(1))


net = Reconstructor()
for weight in net.encoder.parameters():
    weight.requires_grad = False

optimizer = torch.optim.Adam(list(net.decoder.parameters()) + list(net.classifier.parameters()))
for _ in range(2):
    net.train()
    images = torch.rand(2, 1, 8, 8)
    picture, scores = net(images)
    loss = (picture - images).pow(2).mean() + nn.functional.cross_entropy(scores, torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
