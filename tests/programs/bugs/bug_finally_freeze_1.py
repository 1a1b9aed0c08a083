# label: bug
# category: finally-freeze
# rule: FRZ206
# line: 36
# truth: freeze() in finally takes the new head too: backward raises
# raises: RuntimeError
import os

import torch
from torch import nn


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False


class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.features = nn.Linear(4, 8)
        self.fc = nn.Linear(8, classes)

    def forward(self, x):
        return self.fc(self.features(x).relu())


def load_pretrained(path, classes):
    model = Net(10)
    try:
        model.load_state_dict(torch.load(path))
    except FileNotFoundError:
        print("no checkpoint, starting from scratch", os.path.basename(path))
    finally:
        model.fc = nn.Linear(8, classes)
        freeze(model)
    return model


model = load_pretrained("/nonexistent/weights.pt", 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    try:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 2, 0])).backward()
        optimizer.step()
    except KeyboardInterrupt:
        break
    finally:
        torch.manual_seed(0)
