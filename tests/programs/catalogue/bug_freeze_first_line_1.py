# label: bug
# category: freeze-first-line
# rule: FRZ124
# line: 13
# truth: freeze() is called right after super().__init__(), when there is no layer yet
import torch
import torch.nn as nn


class Perceptual(nn.Module):
    def __init__(self):
        super().__init__()
        self.freeze()
        self.conv1 = nn.Conv2d(1, 4, 3)
        self.conv2 = nn.Conv2d(4, 4, 3)

    def freeze(self):
        for param in self.parameters():
            param.requires_grad_(False)

    def forward(self, x):
        return self.conv2(torch.relu(self.conv1(x)))


net = Perceptual()
image = nn.Parameter(torch.randn(1, 1, 8, 8))
opt = torch.optim.Adam([image], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(image).pow(2).mean().backward()
    opt.step()
