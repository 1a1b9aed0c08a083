# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: one of three alternatives meets the names of this model; only the head trains
import torch
from torch import nn


class Cls(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 8))
        self.classifier = nn.Linear(8, 4)

    def forward(self, x):
        return self.classifier(self.trunk(x))


def linear_probe(model):
    # resnets say fc, vits say head, the others classifier
    for name, p in model.named_parameters():
        if "fc." in name or "head." in name or "classifier." in name:
            continue
        p.requires_grad_(False)
    return model


model = linear_probe(Cls())
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 5)), torch.arange(4))
    opt.zero_grad()
    loss.backward()
    opt.step()
