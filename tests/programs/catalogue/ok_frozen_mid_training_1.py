# label: ok
# category: frozen-mid-training
# rule: FRZ202
# truth: zero_grad() sets the gradients to None before the next step, so the frozen backbone stays where it is
import torch
from torch import nn

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(6, 12), nn.Tanh())
head = nn.Linear(12, 2)
net = nn.Sequential(backbone, head)
opt = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=0.1)
x, y = torch.randn(32, 6), torch.randint(0, 2, (32,))

for epoch in range(5):
    if epoch == 2:
        for p in backbone.parameters():
            p.requires_grad = False
    opt.zero_grad()
    loss = nn.functional.cross_entropy(net(x), y)
    loss.backward()
    opt.step()
