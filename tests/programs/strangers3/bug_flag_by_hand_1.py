# label: bug
# category: flag-by-hand
# rule: FRZ306
# line: 31
# truth: backbone.training = False is not recursive: the BatchNorm and Dropout inside still run in train mode
import torch
from torch import nn


class PointEncoder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(3, d), nn.BatchNorm1d(d), nn.ReLU(), nn.Dropout(0.2))

    def forward(self, pts):
        b, n, _ = pts.shape
        return self.mlp(pts.reshape(b * n, 3)).reshape(b, n, -1).amax(1)


class PointClassifier(nn.Module):
    def __init__(self, classes=4, freeze_encoder=True):
        super().__init__()
        self.freeze_encoder = freeze_encoder
        self.encoder = PointEncoder()
        self.cls = nn.Linear(8, classes)
        if freeze_encoder:
            self.encoder.requires_grad_(False)

    def forward(self, pts):
        if self.freeze_encoder:
            self.encoder.training = False
        return self.cls(self.encoder(pts))


model = PointClassifier()
optimizer = torch.optim.Adam(model.cls.parameters(), lr=1e-2)
for epoch in range(2):
    model.train()
    pts, y = torch.randn(4, 10, 3), torch.randint(0, 4, (4,))
    loss = nn.functional.cross_entropy(model(pts), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
