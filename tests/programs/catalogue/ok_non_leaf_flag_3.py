# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: inputs and targets are leaves; detached copies are, too; bool() makes flags of the options
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 3), nn.Tanh())
options = {"train": 0, "adversarial": "yes"}
net.requires_grad_(bool(options["train"]))
head = nn.Linear(3, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
x = torch.randn(2, 3)
x.requires_grad = bool(options["adversarial"])
head(net(x)).sum().backward()
step = x.grad.sign()
adversarial = (x + 0.1 * step).detach()
adversarial.requires_grad = True
optimizer.zero_grad()
head(net(adversarial)).sum().backward()
optimizer.step()
print(adversarial.requires_grad, [p.requires_grad for p in net.parameters()])
