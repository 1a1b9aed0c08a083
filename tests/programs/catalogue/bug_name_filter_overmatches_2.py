# label: bug
# category: name-filter-overmatches
# rule: FRZ113
# line: 34
# truth: "conv1" was to be the first layer; both blocks have a conv1 of their own, which is frozen too
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        return x + self.conv2(self.conv1(x).relu())


class MiniRes(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)
        self.layer1 = Block(4)
        self.layer2 = Block(4)
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.layer2(self.layer1(self.conv1(x))).mean((2, 3)))


def freeze_stem(model):
    for name, parameter in model.named_parameters():
        if name.find("conv1") >= 0:
            parameter.requires_grad_(False)


def main():
    model = MiniRes()
    freeze_stem(model)
    optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()))
    for _ in range(2):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(torch.randn(2, 3, 8, 8)), torch.tensor([1, 0])).backward()
        optimizer.step()
    print([n for n, p in model.named_parameters() if not p.requires_grad])


main()
