# label: ok
# category: detection-frozen-bn
# rule: FRZ301,FRZ206,FRZ201
# truth: clean
import torch
import torchvision
from torch import nn
from torchvision.ops.misc import FrozenBatchNorm2d


def resnet_backbone(trainable_layers=3, norm_layer=FrozenBatchNorm2d):
    backbone = torchvision.models.resnet18(weights=None, norm_layer=norm_layer)
    layers_to_train = ["layer4", "layer3", "layer2", "layer1", "conv1"][:trainable_layers]
    if trainable_layers == 5:
        layers_to_train.append("bn1")
    for name, parameter in backbone.named_parameters():
        if all([not name.startswith(layer) for layer in layers_to_train]):
            parameter.requires_grad_(False)
    backbone.fc = nn.Identity()
    return backbone


class FasterLike(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.rpn = nn.Linear(512, 4)

    def forward(self, images, targets):
        return {"loss_box": nn.functional.smooth_l1_loss(self.rpn(self.backbone(images)), targets)}


model = FasterLike(resnet_backbone(2))
params = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.SGD(params, lr=0.005, momentum=0.9, weight_decay=0.0005)
lr_scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.1)
for epoch in range(1):
    model.train()
    for images, targets in [(torch.rand(2, 3, 32, 32), torch.rand(2, 4)) for _ in range(2)]:
        loss_dict = model(images, targets)
        losses = sum(loss for loss in loss_dict.values())
        optimizer.zero_grad()
        losses.backward()
        optimizer.step()
    lr_scheduler.step()
