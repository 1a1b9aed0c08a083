# label: bug
# category: cut-data
# rule: FRZ401
# line: 20
# truth: stem.* has grad None at every step, for the blocks are given the values of its output (.data); blocks.* and head.* move
import torch
import torch.nn as nn

def make_block(d):
    return nn.Sequential(nn.Linear(d, d), nn.ReLU())

class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.stem = nn.Linear(4, 8)
        self.blocks = nn.ModuleList([make_block(8) for _ in range(2)])
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        h = self.stem(x).data
        for b in self.blocks:
            h = b(h) + h
        return self.head(h)

net = Net()
opt = torch.optim.SGD(net.parameters(), lr=.1, momentum=.9)
crit = nn.MSELoss()
def closure_free_epoch(n):
    for i in range(n):
        out = net(torch.randn(5, 4))
        loss = crit(out, torch.zeros(5, 2))
        opt.zero_grad(); loss.backward(); opt.step()
closure_free_epoch(3)
