# label: ok
# category: other-attribute
# rule: FRZ102
# truth: require_grads is the loader's own switch, defined and read by its class; the freeze itself is spelled right
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class AttackSet(Dataset):
    def __init__(self, n=8):
        self.x, self.y = torch.randn(n, 4), torch.randint(0, 2, (n,))
        self.require_grads = False

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        x = self.x[i].clone()
        if self.require_grads:
            x = x + 0.01 * torch.randn_like(x)
        return x, self.y[i]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.tanh(self.trunk(x)))


data = AttackSet()
data.require_grads = True
net = Net()
for param in net.trunk.parameters():
    param.requires_grad = False
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for x, y in DataLoader(data, batch_size=4):
    loss = nn.functional.cross_entropy(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
