# label: bug
# category: set-bn-eval-by-class-name
# rule: FRZ120
# line: freezing.py:3
# truth: the class name is compared with BatchNorm2d; the BatchNorm3d of the video stem is left in train mode
import torch

from freezing import freeze_batchnorm
from net import VideoNet

net = VideoNet()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    net.train()
    net.apply(freeze_batchnorm)
    loss = net(torch.randn(2, 1, 4, 6, 6)).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
