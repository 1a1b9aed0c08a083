# label: bug
# category: update-bn-over-frozen-norm
# rule: FRZ307
# line: 35
# truth: the statistics of the frozen backbone stand still in training and are replaced in the averaged model
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, update_bn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


torch.manual_seed(0)
net = Net()
net.backbone.requires_grad_(False)
average = AveragedModel(net)
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
batches = [torch.randn(8, 4) * 2 + 1 for _ in range(4)]
for epoch in range(3):
    net.train()
    net.backbone.eval()
    for x in batches:
        optimizer.zero_grad()
        net(x).pow(2).mean().backward()
        optimizer.step()
    average.update_parameters(net)
update_bn(batches, average)
