# label: ok
# category: freeze-bn-stats
# rule: FRZ116
# truth: freeze_bn() freezes statistics only, on purpose, and is called after every train(): the affine parameters train
import torch
from torch import nn


class RetinaLike(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU())
        self.cls = nn.Conv2d(6, 2, 1)

    def freeze_bn(self):
        """Freeze BatchNorm statistics."""
        for layer in self.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()

    def forward(self, x):
        return self.cls(self.backbone(x))


def main(epochs=2):
    net = RetinaLike()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for epoch_num in range(epochs):
        net.train()
        net.freeze_bn()
        for _ in range(2):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(torch.randn(2, 3, 6, 6)), torch.randint(0, 2, (2, 4, 4)))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 0.1)
            optimizer.step()
    return net


net = main()
