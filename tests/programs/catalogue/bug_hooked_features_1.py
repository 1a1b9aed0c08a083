# label: bug
# category: hooked-features
# rule: FRZ401
# line: 24
# truth: the hook keeps the features detached, and they are all that the loss is computed from: the adapter never gets a gradient
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 6)
        self.adapter = nn.Linear(6, 6)

    def forward(self, x):
        return self.adapter(torch.relu(self.body(x)))


features = {}


def keep(module, inputs, output):
    features["adapter"] = output.detach()


net, head = Net(), nn.Linear(6, 2)
net.body.requires_grad_(False)
net.adapter.register_forward_hook(keep)
optimizer = torch.optim.SGD([*net.adapter.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    net(torch.randn(4, 4))
    loss = nn.functional.cross_entropy(head(features["adapter"]), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
