# label: bug
# category: name-filter-overmatch
# rule: FRZ113
# line: 40
# truth: "conv1" is meant for the stem but also freezes layer1.conv1 and layer2.conv1
import torch
import torch.nn as nn
import torch.nn.functional as F


class BasicBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.gn1 = nn.GroupNorm(2, c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.gn2 = nn.GroupNorm(2, c)

    def forward(self, x):
        y = F.relu(self.gn1(self.conv1(x)))
        return F.relu(x + self.gn2(self.conv2(y)))


class TinyResNet(nn.Module):
    def __init__(self, num_classes=2):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.layer1 = BasicBlock(4)
        self.layer2 = BasicBlock(4)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        x = self.layer2(self.layer1(F.relu(self.conv1(x))))
        return self.fc(x.mean((2, 3)))


def freeze_stem(model):
    """Only the first convolution keeps its ImageNet filters."""
    for name, weight in model.named_parameters():
        if "conv1" in name:
            weight.requires_grad = False


model = TinyResNet()
freeze_stem(model)
params_to_update = [w for w in model.parameters() if w.requires_grad]
optimizer = torch.optim.SGD(params_to_update, lr=0.01, momentum=0.9)
for _ in range(2):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(torch.rand(2, 3, 8, 8)), torch.tensor([0, 1]))
    loss.backward()
    optimizer.step()
