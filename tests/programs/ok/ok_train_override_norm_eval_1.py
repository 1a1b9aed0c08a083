# label: ok
# category: train-override-evals-norms
# rule: FRZ301, FRZ302, FRZ304
# truth: clean; bn1.* and conv1.* and layer1.* stay still, statistics of * stay still, layer2.0.* move
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class ResNetLite(nn.Module):
    def __init__(self, frozen_stages=-1, norm_eval=True):
        super().__init__()
        self.frozen_stages, self.norm_eval = frozen_stages, norm_eval
        self.conv1, self.bn1 = nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4))
        self.layer2 = nn.Sequential(nn.Conv2d(4, 8, 3, padding=1), nn.BatchNorm2d(8))
        self._freeze_stages()

    def _freeze_stages(self):
        if self.frozen_stages >= 0:
            self.bn1.eval()
            for m in [self.conv1, self.bn1]:
                for param in m.parameters():
                    param.requires_grad = False
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"layer{i}")
            m.eval()
            for param in m.parameters():
                param.requires_grad = False

    def train(self, mode=True):
        super().train(mode)
        self._freeze_stages()
        if mode and self.norm_eval:
            for m in self.modules():
                if isinstance(m, _BatchNorm):
                    m.eval()
        return self

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        return self.layer2(self.layer1(x).relu()).mean((2, 3))


model = ResNetLite(frozen_stages=1)
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.05)
for _ in range(3):
    model.train()
    loss = nn.functional.cross_entropy(model(torch.rand(4, 3, 6, 6)), torch.randint(0, 8, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
