# label: bug
# category: module-attr
# rule: FRZ101
# line: utils.py:7
# truth: backbone and neck of the detector keep requires_grad True and move in every step
import torch

from models import Detector
from utils import set_requires_grad


def train(steps=3):
    detector = Detector()
    set_requires_grad([detector.backbone, detector.neck], False)
    optimizer = torch.optim.SGD(detector.parameters(), lr=0.01)
    for _ in range(steps):
        cls_map, box_map = detector(torch.randn(2, 3, 12, 12))
        loss = cls_map.sigmoid().mean() + (box_map - 1).abs().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return detector


if __name__ == "__main__":
    train()
