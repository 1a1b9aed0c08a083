# label: bug
# category: undone-by-rewrap
# rule: FRZ114
# line: 24
# truth: nn.Parameter defaults to requires_grad=True: the re-scaled first layer trains again
import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.tanh(self.embed(x)))


model = Scaled()
for name, p in model.named_parameters():
    if name.startswith("embed"):
        p.requires_grad = False
model.embed.weight = nn.Parameter(model.embed.weight.data * 0.5)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = model(torch.randn(6, 4)).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
