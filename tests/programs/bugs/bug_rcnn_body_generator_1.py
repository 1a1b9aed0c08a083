# label: bug
# category: rcnn-body-generator
# rule: FRZ107
# line: 23
# truth: the flag is set on a list of parameters of the detector's body: AttributeError
# raises: AttributeError
from collections import OrderedDict

import torch
from torch import nn
from torchvision.models import resnet18
from torchvision.models._utils import IntermediateLayerGetter


class BackboneWithHead(nn.Module):
    def __init__(self, trainable_layers=3):
        super().__init__()
        self.body = IntermediateLayerGetter(resnet18(weights=None), {"layer1": "0", "layer2": "1"})
        self.inner = nn.Conv2d(128, 8, 1)
        self.rpn = nn.Conv2d(8, 3, 1)
        layers_to_train = ["layer4", "layer3", "layer2", "layer1", "conv1"][:trainable_layers]
        frozen = [p for n, p in self.body.named_parameters() if all(not n.startswith(l) for l in layers_to_train)]
        frozen.requires_grad = False

    def forward(self, x):
        feats: OrderedDict = self.body(x)
        return self.rpn(self.inner(feats["1"]))


detector = BackboneWithHead()
params = [p for p in detector.parameters() if p.requires_grad]
optimizer = torch.optim.SGD(params, lr=0.005, momentum=0.9, weight_decay=0.0005)
for _ in range(2):
    loss = detector(torch.rand(2, 3, 32, 32)).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
