# label: bug
# category: model-forward-decorated
# rule: FRZ405
# line: 16
# truth: the whole forward is decorated with inference_mode: backward raises at the first step
# raises: RuntimeError
import torch
from torch import nn


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))

    @torch.inference_mode()
    def forward(self, x):
        return self.layers(x).squeeze(-1)


def run():
    model = Regressor()
    opt = torch.optim.Adam(model.parameters())
    for _ in range(2):
        x = torch.randn(5, 3)
        loss = torch.mean((model(x) - x.sum(1)) ** 2)
        opt.zero_grad()
        loss.backward()
        opt.step()


run()
