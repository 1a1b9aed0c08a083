# label: ok
# category: option-read-in-a-base-class-of-another-file
# rule: FRZ301, FRZ302, FRZ118, FRZ304
# truth: clean; *stem.* and *layer1.* stay still, statistics of * stay still, *layer2.0.* and cls.* move
"""frozen_stages and norm_eval pass through RegNet untouched; ResNet's train() reads them."""
import torch
from regnet import RegNet
from runner import EpochRunner
from torch import nn


class Recognizer(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.cls = nn.Linear(8, 3)

    def forward(self, x):
        return self.cls(self.backbone(x).mean((2, 3)))

    def train_step(self, data):
        return nn.functional.cross_entropy(self(data["img"]), data["label"])


cfg = dict(type=RegNet, arch="tiny", frozen_stages=1, norm_eval=True)
model = Recognizer(cfg.pop("type")(**cfg))
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
runner = EpochRunner(model, optimizer, max_epochs=2)
runner.run(lambda: {"img": torch.rand(4, 3, 8, 8), "label": torch.randint(0, 3, (4,))})
