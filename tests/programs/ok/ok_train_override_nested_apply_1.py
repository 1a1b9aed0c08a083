# label: ok
# category: train-override-with-a-nested-function
# rule: FRZ304, FRZ301, FRZ302
# truth: clean; features.* stay still, statistics of features.* stay still, regressor.* move
import torch
from torch import nn


class DepthNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, padding=1),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3, padding=1),
            nn.BatchNorm2d(4),
        )
        self.regressor = nn.Conv2d(4, 1, 1)
        for p in self.features.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        """Override of the default train() to keep the BN parameters where they are."""
        super().train(mode)

        def set_bn_eval(m):
            if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.SyncBatchNorm)):
                m.eval()

        if mode:
            self.features.apply(set_bn_eval)
        return self

    def forward(self, x):
        return self.regressor(self.features(x).relu())


net = DepthNet()
opt = torch.optim.Adam(net.regressor.parameters(), lr=1e-2)
best = float("inf")
for epoch in range(3):
    net.train()
    x = torch.rand(2, 3, 6, 6)
    loss = (net(x) - x.mean(1, keepdim=True)).abs().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    net.eval()
    with torch.no_grad():
        best = min(best, net(x).var().item())
