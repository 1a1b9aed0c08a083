# label: bug
# category: frozen-weights-decayed-by-hand
# rule: FRZ307
# line: 36
# truth: the decay that the loop applies by hand shrinks the frozen weights as well
import torch
import torch.nn as nn
from accelerate import Accelerator
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(7, 14), nn.ReLU())
        self.head = nn.Linear(14, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


accelerator = Accelerator(cpu=True)
net = Net()
net.backbone.requires_grad_(False)
loader = DataLoader(TensorDataset(torch.randn(24, 7), torch.randint(0, 3, (24,))), batch_size=6)
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
net, optimizer, loader = accelerator.prepare(net, optimizer, loader)
before = net.backbone[0].weight.detach().clone()

for x, y in loader:
    loss = nn.functional.cross_entropy(net(x), y)
    accelerator.backward(loss)
    optimizer.step()
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(1 - 1e-2)
    optimizer.zero_grad()
