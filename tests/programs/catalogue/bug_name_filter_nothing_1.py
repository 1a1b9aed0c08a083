# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 22
# truth: no parameter is named "fc" (they are fc.weight, fc.bias): none is unfrozen, backward raises
# raises: RuntimeError
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.fc = nn.Linear(4, 2)

    def forward(self, x): return self.fc(self.conv(x).mean(-1))


net = Net()
for name, param in net.named_parameters():
    param.requires_grad = name == "fc"
opt = torch.optim.SGD(net.parameters(), lr=0.1)
loss = net(torch.randn(3, 2, 8)).sum()
loss.backward()
opt.step()
