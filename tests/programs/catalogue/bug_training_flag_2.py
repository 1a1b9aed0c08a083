# label: bug
# category: training-flag-by-hand
# rule: FRZ306
# line: 18
# truth: captioner.backbone.training is False and that of its Dropout True: two forwards of the backbone differ
import torch
from torch import nn


class Captioner(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 12), nn.Dropout(0.5), nn.ReLU())
        self.decoder = nn.Linear(12, 4)

    def freeze_backbone(self):
        self.backbone.requires_grad_(False)
        setattr(self.backbone, "training", False)

    def forward(self, x):
        return self.decoder(self.backbone(x))


def main():
    captioner = Captioner()
    captioner.freeze_backbone()
    optimizer = torch.optim.Adam(captioner.decoder.parameters())
    for _ in range(2):
        optimizer.zero_grad()
        captioner(torch.randn(3, 6)).sum().backward()
        optimizer.step()
    return captioner


torch.manual_seed(0)
captioner = main()
