# label: bug
# category: freeze-bn-misses-1d
# rule: FRZ120
# line: 32
# truth: freeze_bn asks for BatchNorm2d alone; the BatchNorm1d of the same frozen encoder keeps updating
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.bn1 = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 6)
        self.bn2 = nn.BatchNorm1d(6)

    def forward(self, x):
        x = self.bn1(self.conv(x)).relu().mean((2, 3))
        return self.bn2(self.fc(x))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(6, 2)

    def freeze_bn(self):
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.eval()

    def forward(self, x):
        return self.head(self.encoder(x))


model = Model()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for _ in range(2):
    model.train()
    model.freeze_bn()
    loss = model(torch.randn(4, 1, 6, 6)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
