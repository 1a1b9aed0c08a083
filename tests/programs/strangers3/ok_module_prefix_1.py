# label: ok
# category: module-prefix
# rule: FRZ111
# truth: the prefix "module." is right: the model is wrapped in DataParallel first
import fnmatch
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
        self.neck = nn.Linear(8, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.neck(self.backbone(x))))


PATTERNS = ("module.backbone.*", "module.neck.bias")


def main():
    model = nn.DataParallel(Net())
    for name, p in model.named_parameters():
        if any(fnmatch.fnmatch(name, pat) for pat in PATTERNS):
            p.requires_grad = False
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.05)
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


model = main()
