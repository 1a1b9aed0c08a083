from layers import FrozenBatchNorm2d
from torch import nn


def resnet(norm_layer=nn.BatchNorm2d):
    body = nn.Sequential()
    for i, (a, b) in enumerate([(3, 4), (4, 6)]):
        body.add_module(f"conv{i}", nn.Conv2d(a, b, 3, padding=1))
        body.add_module(f"bn{i}", norm_layer(b))
        body.add_module(f"relu{i}", nn.ReLU())
    return body


class Backbone(nn.Module):
    def __init__(self, train_backbone: bool):
        super().__init__()
        self.body = resnet(norm_layer=FrozenBatchNorm2d)
        for name, parameter in self.body.named_parameters():
            if not train_backbone or "conv1" not in name:
                parameter.requires_grad_(False)

    def forward(self, x):
        return self.body(x)
