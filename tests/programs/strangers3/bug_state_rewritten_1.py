# label: bug
# category: state-rewritten
# rule: FRZ307
# line: 30
# truth: the hand-written decay goes over all parameters of the model and shrinks the frozen encoder at each step
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


class DecoupledDecay:
    """Weight decay by hand, after the optimizer step."""

    def __init__(self, params, rate):
        self.params = list(params)
        self.rate = rate

    @torch.no_grad()
    def step(self):
        for p in self.params:
            p.mul_(1.0 - self.rate)


def main():
    net = Net()
    for p in net.encoder.parameters():
        p.requires_grad = False
    opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
    decay = DecoupledDecay(net.parameters(), 1e-2)
    for _ in range(3):
        loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
        decay.step()
    return net


net = main()
