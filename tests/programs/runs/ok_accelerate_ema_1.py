# label: ok
# category: frozen-average
# rule: FRZ307, FRZ125
# truth: the frozen copy is the moving average of the model: that it moves is what it is for
import copy

import torch
import torch.nn as nn
from accelerate import Accelerator
from torch.utils.data import DataLoader, TensorDataset

accelerator = Accelerator(cpu=True, gradient_accumulation_steps=2)
net = nn.Sequential(nn.Linear(7, 14), nn.ReLU(), nn.Linear(14, 3))
ema = copy.deepcopy(net).eval()
ema.requires_grad_(False)
loader = DataLoader(TensorDataset(torch.randn(24, 7), torch.randint(0, 3, (24,))), batch_size=6)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
net, optimizer, loader = accelerator.prepare(net, optimizer, loader)
before = ema[0].weight.detach().clone()
for x, y in loader:
    with accelerator.accumulate(net):
        accelerator.backward(nn.functional.cross_entropy(net(x), y))
        optimizer.step()
        optimizer.zero_grad()
    with torch.no_grad():
        for slow, fast in zip(ema.parameters(), net.parameters()):
            slow.lerp_(fast, 0.1)
with torch.no_grad():
    print(ema(torch.randn(2, 7)))
