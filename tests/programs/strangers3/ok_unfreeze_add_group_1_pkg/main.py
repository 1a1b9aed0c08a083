# label: ok
# category: unfreeze-add-group
# rule: FRZ203
# truth: each stage that is unfrozen is added to the optimizer as a group of its own
import torch
from torch import nn
from model import StagedNet
from schedule import GradualUnfreezer

torch.manual_seed(0)
net = StagedNet(n_stages=3)
opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
unfreezer = GradualUnfreezer(net, opt, every=1, lr_decay=0.5)
for epoch in range(3):
    unfreezer.on_epoch(epoch)
    net.train()
    for _ in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(4, 6)), torch.randint(0, 3, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
