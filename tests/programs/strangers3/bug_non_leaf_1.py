# label: bug
# category: non-leaf
# rule: FRZ121
# line: 30
# truth: the flag of a pruned weight, which is not a leaf, cannot be set
# raises: RuntimeError
import torch
import torch.nn as nn
from torch.nn.utils import prune


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 8)
        self.fc2 = nn.Linear(8, 3)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))


def sparsify(model, amount=0.3):
    for m in model.children():
        prune.l1_unstructured(m, name="weight", amount=amount)


def main():
    model = Tiny()
    sparsify(model)
    model.fc1.weight.requires_grad = False
    model.fc1.bias.requires_grad = False
    opt = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 2, 0]))
        opt.zero_grad()
        loss.backward()
        opt.step()


main()
