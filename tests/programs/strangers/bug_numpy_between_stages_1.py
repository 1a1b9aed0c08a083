# label: bug
# category: numpy-between-stages
# rule: FRZ401
# line: 34
# truth: the features go through numpy on their way to the head: the trainable encoder gets no gradient
import numpy as np
import torch
from torch import nn


class FrameEncoder(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(1, dim, 3, 2, 1)
        self.fc = nn.Linear(dim, dim)

    def forward(self, frame):
        return self.fc(self.conv(frame).relu().mean((2, 3)))


class VideoNet(nn.Module):
    def __init__(self, dim=6, classes=3):
        super().__init__()
        self.encoder = FrameEncoder(dim)
        self.temporal = nn.GRU(dim, dim, batch_first=True)
        self.cls = nn.Linear(dim, classes)
        self.stats = []

    def forward(self, clip):
        feats = []
        for t in range(clip.size(1)):
            f = self.encoder(clip[:, t])
            self.stats.append(float(np.abs(f.detach().numpy()).mean()))
            feats.append(f.detach().numpy())
        seq = torch.from_numpy(np.stack(feats, 1))
        _, h = self.temporal(seq)
        return self.cls(h[-1])


torch.manual_seed(0)
net = VideoNet()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
criterion = nn.CrossEntropyLoss()
for epoch in range(2):
    net.train()
    for _ in range(2):
        clip, y = torch.rand(3, 4, 1, 8, 8), torch.randint(0, 3, (3,))
        loss = criterion(net(clip), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(epoch, loss.item(), np.mean(net.stats))
