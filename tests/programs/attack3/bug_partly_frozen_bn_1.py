# label: bug
# category: partly-frozen-bn
# rule: FRZ120
# line: 23
# truth: freeze_bn() knows BatchNorm2d only; the BatchNorm1d of the embedding neck goes on updating and training
import torch
from torch import nn


class FaceNet(nn.Module):
    def __init__(self, emb=6, ids=5):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(3, 4, 3, 2, bias=False), nn.BatchNorm2d(4), nn.PReLU(4))
        self.neck = nn.Sequential(nn.Flatten(), nn.Linear(4 * 4 * 4, emb, bias=False), nn.BatchNorm1d(emb))
        self.cls = nn.Linear(emb, ids, bias=False)

    def forward(self, x):
        return self.cls(self.neck(self.conv(x)))


def freeze_bn(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()
            m.weight.requires_grad = False
            m.bias.requires_grad = False


model = FaceNet()
freeze_bn(model)
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.05, momentum=0.9)
for epoch in range(2):
    model.train()
    freeze_bn(model)
    for _ in range(2):
        x, y = torch.rand(6, 3, 9, 9), torch.randint(0, 5, (6,))
        loss = nn.functional.cross_entropy(16 * model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
