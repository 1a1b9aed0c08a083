# label: bug
# category: train-override
# rule: FRZ304
# line: 26
# truth: train() re-evaluates the norms before super().train(), which sets them to train mode again
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class NormEvalBackbone(nn.Module):
    def __init__(self, norm_eval=True):
        super().__init__()
        self.norm_eval = norm_eval
        self.conv = nn.Conv2d(3, 6, 3)
        self.bn = nn.BatchNorm2d(6)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))

    def train(self, mode=True):
        if mode and self.norm_eval:
            for m in self.modules():
                if isinstance(m, _BatchNorm):
                    m.eval()
        return super().train(mode)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = NormEvalBackbone()
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.backbone(x).mean((2, 3)))


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for epoch in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 6, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
