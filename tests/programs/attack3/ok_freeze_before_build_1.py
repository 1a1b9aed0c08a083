# label: ok
# category: freeze-before-build
# rule: FRZ124
# truth: the old part is frozen through self.parameters() before the new head is built: backbone still, head moves
import torch
from torch import nn


class Transfer(nn.Module):
    def __init__(self, backbone, classes):
        super().__init__()
        self.backbone = backbone
        for p in self.parameters():
            p.requires_grad = False
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Transfer(nn.Sequential(nn.Linear(4, 8), nn.SiLU()), 3)
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=0.01)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(6, 4)), torch.randint(0, 3, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
