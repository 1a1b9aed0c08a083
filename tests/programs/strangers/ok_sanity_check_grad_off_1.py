# label: ok
# category: sanity-check-grad-off
# rule: FRZ404
# truth: the sanity check switches them on again
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.out = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.out(self.embed(x).relu())


class Runner:
    def __init__(self, net, lr):
        self.net = net
        self.net.embed.requires_grad_(False)
        self.opt = torch.optim.SGD(self.net.out.parameters(), lr=lr)

    def sanity_check(self, batches):
        self.net.eval()
        torch.set_grad_enabled(False)
        for x, y in batches:
            out = self.net(x)
            assert out.shape == (len(x), 2)
        torch.set_grad_enabled(True)

    def train_epoch(self, batches):
        self.net.train()
        for x, y in batches:
            loss = nn.functional.cross_entropy(self.net(x), y)
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()

    def run(self, epochs):
        data = [(torch.randn(3, 4), torch.randint(0, 2, (3,))) for _ in range(2)]
        self.sanity_check(data[:1])
        for _ in range(epochs):
            self.train_epoch(data)


torch.manual_seed(0)
Runner(Net(), 0.1).run(2)
