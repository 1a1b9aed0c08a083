# label: ok
# category: no-grad-tuned
# rule: FRZ402
# truth: the grad mode follows the option: with tune on, the tower runs with grad and moves
import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, tune):
        super().__init__()
        self.tune = tune
        self.net = nn.Sequential(nn.Linear(6, 8), nn.ReLU())
        self.net.requires_grad_(tune)

    def forward(self, x):
        with torch.set_grad_enabled(self.tune and torch.is_grad_enabled()):
            return self.net(x)


class Fusion(nn.Module):
    def __init__(self, tune_image=True):
        super().__init__()
        self.image = Tower(tune_image)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        return self.out(self.image(x))


model = Fusion(tune_image=True)
opt = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
