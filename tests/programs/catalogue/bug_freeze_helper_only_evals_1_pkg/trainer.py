import torch

from layers import freeze_layers


class Trainer:
    def __init__(self, net, frozen=()):
        self.net = net
        self.frozen = frozen
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def fit(self, epochs):
        for _ in range(epochs):
            self.net.train()
            freeze_layers(self.net, self.frozen)
            loss = self.net(torch.randn(6, 4)).pow(2).mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
