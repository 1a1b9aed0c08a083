# label: ok
# category: gradients-by-hand
# rule: FRZ208
# truth: plain SGD takes no step along a gradient of zeros: the old rows stay
import torch
from torch import nn

torch.manual_seed(0)
n_old = 20
model = nn.Sequential(nn.Embedding(24, 8), nn.Flatten(), nn.Linear(24, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(6):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 24, (10, 3))), torch.randint(0, 2, (10,)))
    optimizer.zero_grad()
    loss.backward()
    model[0].weight.grad[:n_old] = 0
    optimizer.step()
