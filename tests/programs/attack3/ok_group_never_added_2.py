# label: ok
# category: group-never-added
# rule: FRZ207
# truth: the discriminator's list goes to a second optimizer, the gate's group is added later on
import torch
from torch import nn


class DANN(nn.Module):
    def __init__(self):
        super().__init__()
        self.feat = nn.Linear(5, 6)
        self.label = nn.Linear(6, 2)
        self.domain = nn.Linear(6, 2)
        self.gate = nn.Linear(6, 6)

    def forward(self, x):
        h = self.feat(x).relu()
        h = h * self.gate(h).sigmoid()
        return self.label(h), self.domain(h)


net = DANN()
task_params = list(net.feat.parameters()) + list(net.label.parameters())
domain_params = list(net.domain.parameters())
gate_group = {"params": list(net.gate.parameters()), "lr": 1e-3}

opt_task = torch.optim.SGD(task_params, lr=1e-2, momentum=0.9)
opt_domain = torch.optim.SGD(domain_params, lr=1e-2)
opt_task.add_param_group(gate_group)
for _ in range(3):
    x, y, d = torch.randn(8, 5), torch.randint(0, 2, (8,)), torch.randint(0, 2, (8,))
    cls, dom = net(x)
    loss = nn.functional.cross_entropy(cls, y) + nn.functional.cross_entropy(dom, d)
    opt_task.zero_grad()
    opt_domain.zero_grad()
    loss.backward()
    opt_task.step()
    opt_domain.step()
