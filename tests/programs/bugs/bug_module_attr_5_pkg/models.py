from torch import nn


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.SiLU())
        self.neck = nn.Conv2d(8, 8, 1)
        self.cls_head = nn.Conv2d(8, 2, 1)
        self.box_head = nn.Conv2d(8, 4, 1)

    def forward(self, images):
        feats = self.neck(self.backbone(images))
        return self.cls_head(feats), self.box_head(feats)
