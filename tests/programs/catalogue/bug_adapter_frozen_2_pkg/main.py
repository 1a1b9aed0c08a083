# label: bug
# category: adapter-frozen-with-base
# rule: FRZ503
# line: main.py:14
# truth: body.0.lora_down and its like require no gradient; head.* alone move
import torch
from lora import add_lora
from nets import Classifier
from torch import nn

torch.manual_seed(0)
net = Classifier()
add_lora(net.body, rank=2)
net.body.requires_grad_(False)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, net.parameters()), lr=1e-2)
for _ in range(3):
    x = torch.randn(6, 5)
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), (x.sum(1) > 0).long()).backward()
    optimizer.step()
