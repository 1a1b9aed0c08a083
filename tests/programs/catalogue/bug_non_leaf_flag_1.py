# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 20
# truth: features is computed by weights that require grad: the assignment raises RuntimeError (leaf variables)
# raises: RuntimeError
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 4)
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        features = self.backbone(x)
        # do not train the backbone
        features.requires_grad = False
        return self.head(features)


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).sum().backward()
    optimizer.step()
