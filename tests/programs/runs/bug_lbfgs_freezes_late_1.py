# label: bug
# category: lbfgs-freeze-mid-training
# rule: FRZ202
# line: 30
# truth: the first layer is frozen after the second step, and LBFGS goes on moving it
import torch
from torch import nn

torch.manual_seed(1)
x = torch.randn(64, 3)
y = (x @ torch.tensor([[1.0], [-2.0], [0.5]])).tanh()

net = nn.Sequential(nn.Linear(3, 12), nn.Tanh(), nn.Linear(12, 1))
optimizer = torch.optim.LBFGS(net.parameters(), lr=0.05, max_iter=4)
mse = nn.MSELoss()


def closure():
    optimizer.zero_grad()
    loss = mse(net(x), y)
    loss.backward()
    return loss


frozen_from = None
for k in range(5):
    if k == 2:
        # the inner layer is good enough, fit the output only
        for p in net[0].parameters():
            p.requires_grad = False
        frozen_from = net[0].weight.detach().clone()
    value = optimizer.step(closure)
    print(k, float(value))
