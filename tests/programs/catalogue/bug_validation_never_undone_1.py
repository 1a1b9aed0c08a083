# label: bug
# category: eval-in-the-loop
# rule: FRZ305
# line: 29
# truth: net.training is True at the 3 training forwards of the first epoch and False at the 6 of the later ones
import torch
from torch import nn


class Trainer:
    def __init__(self, net, lr):
        self.net = net
        self.net.train()
        self.optimizer = torch.optim.Adam(net.parameters(), lr=lr)
        self.modes = []

    def fit(self, batches, epochs):
        for epoch in range(epochs):
            for x, y in batches:
                self.modes.append(self.net.training)
                loss = nn.functional.mse_loss(self.net(x), y)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
            print(epoch, self.validate(batches[:1]))

    @torch.no_grad()
    def validate(self, batches):
        self.net.eval()
        return sum(nn.functional.mse_loss(self.net(x), y).item() for x, y in batches)


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 1))
trainer = Trainer(net, 1e-2)
trainer.fit([(torch.randn(8, 6), torch.randn(8, 1)) for _ in range(3)], 3)
