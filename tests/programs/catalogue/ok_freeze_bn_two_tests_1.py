# label: ok
# category: freeze-bn-two-tests
# rule: FRZ120
# truth: two tests one after the other take both types of norms
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.BatchNorm1d(4)
        self.b = nn.BatchNorm2d(2)
        self.ln = nn.LayerNorm(4)
        self.fc = nn.Linear(4, 1)

    def forward(self, x):
        x = self.b(x.view(-1, 2, 1, 2)).view(-1, 4)
        return self.fc(self.ln(self.a(x)))


def freeze_norms(net):
    for layer in net.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.eval()
        elif isinstance(layer, nn.BatchNorm2d):
            layer.eval()
            layer.weight.requires_grad = False
            layer.bias.requires_grad = False


net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    net.train()
    freeze_norms(net)
    opt.zero_grad()
    net(torch.randn(6, 4)).sum().backward()
    opt.step()
