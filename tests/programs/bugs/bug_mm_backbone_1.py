# label: bug
# category: mm-backbone
# rule: FRZ304
# line: 47
# truth: train() of the staged net returns nothing, so `net = net.train()` is None and the call fails
# raises: TypeError
import torch
import torch.nn as nn
from torch.nn.modules.batchnorm import _BatchNorm


class StageNet(nn.Module):
    arch_settings = {18: (2, 2), 34: (3, 4)}

    def __init__(self, depth=18, frozen_stages=-1, norm_eval=True):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.norm_eval = norm_eval
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(4)
        self.res_layers = []
        for i, n in enumerate(self.arch_settings[depth]):
            layer = nn.Sequential(*[nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4)) for _ in range(n)])
            name = f"layer{i + 1}"
            self.add_module(name, layer)
            self.res_layers.append(name)
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

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        for name in self.res_layers:
            x = getattr(self, name)(x)
        return x.mean((2, 3))

    def train(self, mode=True):
        super().train(mode)
        self._freeze_stages()
        if mode and self.norm_eval:
            for m in self.modules():
                if isinstance(m, _BatchNorm):
                    m.eval()


net = StageNet(18, frozen_stages=1)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.01)
for it in range(2):
    net = net.train()
    loss = net(torch.rand(2, 3, 8, 8)).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
