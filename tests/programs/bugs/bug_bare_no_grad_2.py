# label: bug
# category: bare-no-grad
# rule: FRZ403
# line: 17
# truth: features are computed with gradients on, the encoder that was to stay fixed is trained
import torch
from torch import nn


class FeatureClassifier(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.clf = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 3))

    def forward(self, x):
        torch.no_grad()
        feats = self.encoder(x)
        return self.clf(feats)


encoder = nn.Sequential(nn.Linear(5, 8), nn.SELU(), nn.Linear(8, 8))
net = FeatureClassifier(encoder)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, nesterov=True, momentum=0.8)

for step in range(3):
    x = torch.randn(6, 5)
    y = x.argmax(dim=1).clamp(max=2)
    logits = net(x)
    loss = nn.functional.cross_entropy(logits, y, label_smoothing=0.1)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
