# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: 22
# truth: weight decay pulls the base layers to zero although the hook multiplies their gradients by zero
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(6, 6)
        self.top = nn.Linear(6, 1)

    def forward(self, x):
        return self.top(torch.tanh(self.base(x)))


def freeze_by_hook(module):
    for p in module.parameters():
        p.register_hook(lambda grad: grad * 0)


def main():
    torch.manual_seed(0)
    net = Net()
    freeze_by_hook(net.base)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=5e-2)
    for _ in range(5):
        optimizer.zero_grad()
        net(torch.randn(12, 6)).pow(2).mean().backward()
        optimizer.step()


if __name__ == "__main__":
    main()
