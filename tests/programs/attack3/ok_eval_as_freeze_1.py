# label: ok
# category: eval-as-freeze
# rule: FRZ116
# truth: freeze_bn() keeps statistics only, as it says; the weights are meant to train
import torch
from torch import nn


class DeepLabHead(nn.Module):
    def __init__(self, c, k):
        super().__init__()
        self.aspp = nn.Conv2d(c, c, 3, padding=2, dilation=2)
        self.cls = nn.Conv2d(c, k, 1)

    def forward(self, x):
        return self.cls(self.aspp(x).relu())


class DeepLab(nn.Module):
    def __init__(self, k=3, freeze_bn=True):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.head = DeepLabHead(4, k)
        self._freeze_bn = freeze_bn

    def forward(self, x):
        return self.head(self.backbone(x))

    def freeze_bn_stats(self):
        for m in self.modules():
            if isinstance(m, (nn.BatchNorm2d, nn.SyncBatchNorm)):
                m.eval()

    def train(self, mode=True):
        super().train(mode)
        if self._freeze_bn:
            self.freeze_bn_stats()
        return self


net = DeepLab()
optimizer = torch.optim.SGD([{"params": net.backbone.parameters(), "lr": 1e-3},
                             {"params": net.head.parameters(), "lr": 1e-2}], momentum=0.9)
for epoch in range(2):
    net.train()
    out = net(torch.rand(2, 3, 6, 6))
    loss = nn.functional.cross_entropy(out, torch.randint(0, 3, (2, 6, 6)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
