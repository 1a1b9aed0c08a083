from torch import nn

from .backbones import ResBackbone


class SingleStage(nn.Module):
    def __init__(self, backbone, bbox_head):
        super().__init__()
        self.backbone = ResBackbone(**backbone)
        self.bbox_head = nn.Conv2d(bbox_head["in_channels"], bbox_head["num_classes"] + 4, 1)

    def forward_train(self, img, gt):
        out = self.bbox_head(self.backbone(img)[-1]).mean((2, 3))
        return dict(loss_cls=nn.functional.cross_entropy(out[:, :-4], gt["labels"]),
                    loss_bbox=nn.functional.l1_loss(out[:, -4:], gt["boxes"]))
