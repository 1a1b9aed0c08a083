# label: ok
# category: finally-restore
# rule: FRZ206,FRZ114,FRZ404
# truth: clean
import contextlib

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.features = nn.Linear(4, 8)
        self.fc = nn.Linear(8, classes)

    def forward(self, x):
        return self.fc(self.features(x).relu())


@contextlib.contextmanager
def frozen(module):
    before = [p.requires_grad for p in module.parameters()]
    module.requires_grad_(False)
    try:
        yield module
    finally:
        for p, flag in zip(module.parameters(), before):
            p.requires_grad = flag


def load_pretrained(path, classes):
    model = Net(10)
    try:
        model.load_state_dict(torch.load(path))
    except FileNotFoundError:
        print("no checkpoint")
    finally:
        for p in model.parameters():
            p.requires_grad = False
        model.fc = nn.Linear(8, classes)
    return model


model = load_pretrained("/nonexistent/weights.pt", 3)
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.1)
for _ in range(2):
    with frozen(model) as m:
        x = torch.randn(4, 4, requires_grad=True)
        nn.functional.cross_entropy(m(x), torch.tensor([0, 1, 2, 0])).backward()
        x = (x + 0.1 * x.grad.sign()).detach()
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), torch.tensor([0, 1, 2, 0])).backward()
    optimizer.step()
