# label: ok
# category: freeze-undone
# rule: FRZ114
# truth: the encoder is unfrozen after a first phase of training: staged unfreezing, as meant
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(x))


def set_requires_grad(module, flag):
    for p in module.parameters():
        p.requires_grad = flag


def run_phase(model, lr, steps):
    opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 0, 1]))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return loss.item()


model = Net()
set_requires_grad(model.encoder, False)
run_phase(model, 1e-2, 2)      # LP
set_requires_grad(model, True)
run_phase(model, 1e-3, 2)      # then FT
