# label: bug
# category: perceptual-net-in-train-mode
# rule: FRZ302
# line: 37
# truth: the frozen loss network is put back into train mode at every epoch; the running means of its batch norms move
import torch
import torch.nn as nn
import torch.nn.functional as F


class VggLike(nn.Module):
    def __init__(self):
        super().__init__()
        layers, c = [], 3
        for width in (8, 16):
            layers += [nn.Conv2d(c, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(2)]
            c = width
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        return self.features(x)


class SuperRes(nn.Module):
    def __init__(self):
        super().__init__()
        self.gen = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 3, 3, padding=1))
        self.loss_net = VggLike()

    def forward(self, x):
        return self.gen(x)


net = SuperRes()
for p in net.loss_net.parameters():
    p.requires_grad_(False)
net.loss_net.eval()
opt = torch.optim.Adam(net.gen.parameters(), lr=1e-3)
mean0 = net.loss_net.features[1].running_mean.clone()
for epoch in range(2):
    net.train()
    for _ in range(2):
        low, high = torch.rand(4, 3, 16, 16), torch.rand(4, 3, 16, 16)
        out = net(low)
        loss = F.l1_loss(out, high) + 0.1 * F.mse_loss(net.loss_net(out), net.loss_net(high))
        opt.zero_grad()
        loss.backward()
        opt.step()
