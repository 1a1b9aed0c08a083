# label: bug
# category: exhausted-iterator
# rule: FRZ205
# line: params.py:10
# truth: the log line empties the generator, the "new" group of the optimizer has no parameters
import torch
from torch import nn

from model import Net
from params import make_groups

torch.manual_seed(2)
net = Net()
optimizer = torch.optim.AdamW(make_groups(net, lr=1e-2))
for _ in range(3):
    x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
    loss = nn.functional.cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
