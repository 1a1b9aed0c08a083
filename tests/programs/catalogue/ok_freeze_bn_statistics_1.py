# label: ok
# category: freeze-bn-statistics
# rule: FRZ116
# truth: freeze_bn keeps the running statistics and says no more; the weights are meant to train
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.bn = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)

    def freeze_bn(self):
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.eval()

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).mean((2, 3)))


model = Net()
start = model.conv.weight.detach().clone()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    model.train()
    model.freeze_bn()
    optimizer.zero_grad()
    model(torch.randn(4, 1, 6, 6)).pow(2).sum().backward()
    optimizer.step()
