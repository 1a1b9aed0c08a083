# label: bug
# category: flag-on-copy
# rule: FRZ108
# line: 14
# truth: .data gives a new tensor each time, so the parameters of layer 0 and 2 still train
import torch
from torch import nn

torch.manual_seed(42)
mlp = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))

for layer in mlp[:4]:
    for p in layer.parameters():
        p.data.requires_grad = False

optimizer = torch.optim.SGD(mlp.parameters(), lr=0.01)
X = torch.rand(50, 3)
y = X.prod(dim=1, keepdim=True)
for epoch in range(4):
    perm = torch.randperm(50)
    for idx in perm.split(25):
        pred = mlp(X[idx])
        loss = (pred - y[idx]).abs().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
print(loss.item())
