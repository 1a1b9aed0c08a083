# label: ok
# category: attack-toggle
# rule: FRZ114
# truth: the weights are frozen only while the perturbation of the input is optimised, and trained afterwards
import torch
import torch.nn.functional as F
from torch import nn

clf = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))


def perturb(model, x, y, eps=0.1):
    for p in model.parameters():
        p.requires_grad_(False)
    delta = torch.zeros_like(x, requires_grad=True)
    F.cross_entropy(model(x + delta), y).backward()
    for p in model.parameters():
        p.requires_grad_(True)
    return (x + eps * delta.grad.sign()).detach()


sgd = torch.optim.SGD(clf.parameters(), lr=0.1)
for _ in range(2):
    x, y = torch.randn(6, 4), torch.randint(0, 2, (6,))
    loss = F.cross_entropy(clf(perturb(clf, x, y)), y)
    sgd.zero_grad()
    loss.backward()
    sgd.step()
