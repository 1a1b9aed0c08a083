# label: ok
# category: apply-a-freezing-function
# rule: FRZ101, FRZ301, FRZ302
# truth: clean; body.* stay still, statistics of body.* stay still, tail.* move
import torch
from torch import nn


def freeze_norm_stats(m: nn.Module) -> None:
    if "BatchNorm" in type(m).__name__:
        m.eval()


def freeze_weights(m: nn.Module) -> None:
    for p in m.parameters(recurse=False):
        p.requires_grad = False


class Segmenter(nn.Module):
    def __init__(self, classes=3):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.tail = nn.ConvTranspose2d(4, classes, 2, stride=2)

    def forward(self, x):
        return self.tail(nn.functional.max_pool2d(self.body(x), 2))


def run(segmenter, epochs=3):
    segmenter.body.apply(freeze_weights)
    wanted = (p for p in segmenter.parameters() if p.requires_grad)
    optimizer = torch.optim.SGD(wanted, lr=0.1, momentum=0.9)
    for _ in range(epochs):
        segmenter.train()
        segmenter.body.apply(freeze_norm_stats)
        image = torch.rand(2, 1, 8, 8)
        mask = (image[:, 0] * 2.99).long()
        loss = nn.functional.cross_entropy(segmenter(image), mask)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


run(Segmenter())
