# label: bug
# category: exhausted-iterator
# rule: FRZ205
# line: 36
# truth: the second Adam receives a filter that the first has used up
# raises: ValueError
import torch
from torch import nn


class TwoPhase(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(5, 5)
        self.top = nn.Linear(5, 1)

    def forward(self, x):
        return self.top(self.base(x).relu())


def run(model, optimizer, n):
    for _ in range(n):
        loss = model(torch.randn(4, 5)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main():
    model = TwoPhase()
    for p in model.base.parameters():
        p.requires_grad = False
    trainable = filter(lambda p: p.requires_grad, model.parameters())
    warm = torch.optim.Adam(trainable, lr=1e-4)
    run(model, warm, 2)
    main_opt = torch.optim.Adam(trainable, lr=1e-2)
    run(model, main_opt, 2)


main()
