# label: ok
# category: pruned-orig
# rule: FRZ121
# truth: after pruning the flag is set on weight_orig, the leaf: the layer is frozen
import torch
from torch import nn
from torch.nn.utils import prune


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


net = Net()
prune.random_unstructured(net.a, name="weight", amount=0.25)
net.a.weight_orig.requires_grad = False
net.a.bias.requires_grad = False
opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
