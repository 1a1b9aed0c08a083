# label: bug
# category: milestones-unfreeze
# rule: FRZ203
# line: 41
# truth: names of the milestones are unfrozen, the optimizer holds the head alone: layer2 and layer3 never move
import torch
from torch import nn

MILESTONES = {1: ["layer3"], 2: ["layer2", "layer3"]}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(4, 4)
        self.layer2 = nn.Linear(4, 4)
        self.layer3 = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.layer3(self.layer2(self.layer1(x)).relu()).relu())


def make_optimizer(model, name="adamw", **kw):
    params = [p for p in model.parameters() if p.requires_grad]
    return {"adamw": torch.optim.AdamW, "sgd": torch.optim.SGD}[name](params, **kw)


def unfreeze(model, prefixes):
    for name, p in model.named_parameters():
        if name.startswith(tuple(prefixes)):
            p.requires_grad = True


model = Net()
for name, p in model.named_parameters():
    p.requires_grad = "head" in name
optimizer = make_optimizer(model, lr=1e-2)
for epoch in range(4):
    if epoch in MILESTONES:
        unfreeze(model, MILESTONES[epoch])
    loss = nn.functional.cross_entropy(model(torch.randn(8, 4)), torch.randint(0, 2, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
