# label: bug
# category: forced-loss-grad
# rule: FRZ407
# line: 25
# truth: the loss comes from argmax and is forced to require grad: no parameter ever has a gradient
import torch
from torch import nn


class DiceTrainer:
    """Trains a segmentation net on the Dice score of its label map."""

    def __init__(self, net: nn.Module, lr: float = 0.1):
        self.net = net
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=lr)

    @staticmethod
    def dice(pred, mask, eps=1e-6):
        inter = (pred * mask).sum()
        return (2 * inter + eps) / (pred.sum() + mask.sum() + eps)

    def step(self, image, mask):
        labels = self.net(image).argmax(dim=1).float()
        loss = 1 - self.dice(labels, mask)
        loss.requires_grad_(True)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def fit(self, n):
        return [self.step(torch.rand(2, 1, 6, 6), (torch.rand(2, 6, 6) > 0.5).float()) for _ in range(n)]


trainer = DiceTrainer(nn.Conv2d(1, 2, 3, padding=1))
print(trainer.fit(3))
