# label: bug
# category: broken-train
# rule: FRZ304
# line: 18
# truth: eval() passes mode to an override that takes none
# raises: TypeError
import torch
from torch import nn


class Localiser(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.base = nn.Sequential(nn.Conv2d(3, ch, 3, padding=1), nn.BatchNorm2d(ch))
        self.loc = nn.Conv2d(ch, 2, 1)
        self.base.requires_grad_(False)

    def train(self):
        super().train()
        self.base.eval()
        return self

    def forward(self, x):
        return self.loc(self.base(x).relu()).flatten(2).softmax(-1)


model = Localiser()
opt = torch.optim.SGD(model.loc.parameters(), lr=0.1)


def epoch():
    model.train()
    for _ in range(2):
        heat = model(torch.rand(2, 3, 6, 6))
        loss = -(heat[..., 7] + 1e-6).log().mean()
        opt.zero_grad()
        loss.backward()
        opt.step()


def validate():
    model.eval()
    with torch.no_grad():
        return model(torch.rand(1, 3, 6, 6)).argmax(-1)


for _ in range(2):
    epoch()
    print(validate())
