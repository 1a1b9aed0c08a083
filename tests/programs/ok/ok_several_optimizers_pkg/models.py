from torch import nn
from torch.nn import functional as F


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh())
        self.rpn = nn.Linear(8, 1)
        self.roi = nn.Linear(8, 3)

    def lock(self, stages):
        for layer in self.body[: 2 * stages]:
            layer.requires_grad_(False)

    def forward(self, x):
        h = self.body(x)
        return self.rpn(h), self.roi(h)

    def losses(self, x, labels):
        objectness, classes = self(x)
        truth = (labels > 0).float().unsqueeze(1)
        return {
            "loss_rpn": F.binary_cross_entropy_with_logits(objectness, truth),
            "loss_cls": F.cross_entropy(classes, labels),
        }
