# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: the two originals of the parametrization are leaves; freezing them holds the layer
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

layer = weight_norm(nn.Linear(6, 6))
layer.parametrizations.weight.original0.requires_grad = False
for p in layer.parametrizations["weight"].parameters():
    p.requires_grad = False
net = nn.Sequential(layer, nn.ReLU(), nn.Linear(6, 1))


def batches(n):
    for _ in range(n):
        x = torch.randn(16, 6)
        yield x, x.mean(1, keepdim=True)


optimizer = torch.optim.NAdam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for x, y in batches(3):
    optimizer.zero_grad()
    nn.functional.huber_loss(net(x), y).backward()
    optimizer.step()
print([(n, p.requires_grad) for n, p in net.named_parameters()])
