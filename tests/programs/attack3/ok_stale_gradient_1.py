# label: ok
# category: stale-gradient
# rule: FRZ202
# truth: the gradients are dropped with the freeze, so AdamW skips the tower: it stands still from then on
import torch
from torch import nn

net = nn.ModuleDict({"tower": nn.Linear(4, 6), "head": nn.Linear(6, 2)})
opt = torch.optim.AdamW(net.parameters(), lr=1e-2, weight_decay=0.1)


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None


kept = None
for epoch in range(4):
    if epoch == 2:
        freeze(net["tower"])
        kept = net["tower"].weight.clone()
    for _ in range(2):
        opt.zero_grad(set_to_none=False)
        logits = net["head"](torch.relu(net["tower"](torch.randn(8, 4))))
        nn.functional.cross_entropy(logits, torch.randint(0, 2, (8,))).backward()
        opt.step()
print(torch.equal(kept, net["tower"].weight))
