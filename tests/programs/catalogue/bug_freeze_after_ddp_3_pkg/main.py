# label: bug
# category: freeze-after-ddp
# rule: FRZ501
# line: main.py:19
# truth: the second forward raises "Expected to have finished reduction in the prior iteration"
# raises: RuntimeError
import torch
from freezing import freeze_except
from parallel import start, wrap
from torch import nn

torch.manual_seed(0)
start()
net = nn.Sequential()
net.add_module("body", nn.Linear(4, 6))
net.add_module("act", nn.ReLU())
net.add_module("head", nn.Linear(6, 3))
net = wrap(net)
freeze_except(net, "head")
optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=1e-3)
for _ in range(4):
    x = torch.randn(8, 4)
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), (x[:, 0] > 0).long()).backward()
    optimizer.step()
