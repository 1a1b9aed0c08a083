# label: bug
# category: momentum-freeze
# rule: FRZ308
# line: 31
# truth: momentum 0 keeps the statistics, but train mode still normalises by the batch: train and eval outputs differ
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4))

    def forward(self, x):
        return self.net(x).mean((2, 3))


class SimSiamProbe(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.probe = nn.Linear(4, 3)
        self.freeze_encoder()

    def freeze_encoder(self):
        for p in self.encoder.parameters():
            p.requires_grad = False
        for m in self.encoder.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.momentum = 0.0

    def forward(self, x):
        return self.probe(self.encoder(x))


model = SimSiamProbe(Encoder())
opt = torch.optim.SGD(model.probe.parameters(), lr=0.1)
model.train()
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.rand(4, 3, 8, 8) * 2), torch.randint(0, 3, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
