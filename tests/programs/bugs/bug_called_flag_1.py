# label: bug
# category: called-flag
# rule: FRZ104
# line: 19
# truth: the flag is a bool, calling it stops the script before the first step
# raises: TypeError
import torch
from torch import nn

backbone = nn.Sequential(
    nn.Conv2d(3, 4, 3, padding=1),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
)
model = nn.Sequential(backbone, nn.Linear(4, 2))

for params in backbone.parameters():
    params.requires_grad(False)

optimizer = torch.optim.SGD(model[1].parameters(), lr=0.1)
for _ in range(2):
    out = model(torch.randn(2, 3, 8, 8))
    loss = nn.CrossEntropyLoss()(out, torch.tensor([0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
