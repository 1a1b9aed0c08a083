# label: ok
# category: frozen-replaced
# rule: FRZ115
# truth: everything is frozen, then a new head is put in: the usual transfer learning
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(27, 12), nn.ReLU())
        self.fc = nn.Sequential(nn.Dropout(0.2), nn.Linear(12, classes))

    def forward(self, x):
        return self.fc(self.body(x))


def finetune_model(classes):
    model = Backbone()
    for param in model.parameters():
        param.requires_grad = False
    model.fc = nn.Sequential(nn.Linear(12, 6), nn.ReLU(), nn.Dropout(0.1), nn.Linear(6, classes))
    return model


net = finetune_model(3)
opt = torch.optim.Adam(net.fc.parameters(), lr=1e-2)
net.train()
for _ in range(3):
    out = net(torch.rand(6, 3, 3, 3))
    loss = nn.functional.cross_entropy(out, torch.randint(0, 3, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
