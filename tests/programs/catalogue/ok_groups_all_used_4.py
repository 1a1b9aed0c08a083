# label: ok
# category: groups-all-used
# rule: FRZ207
# truth: each list feeds an optimizer of its own
import itertools

import torch
from torch import nn

torch.manual_seed(0)
nets = {"g": nn.Linear(2, 4), "d": nn.Linear(4, 1), "e": nn.Linear(4, 2)}
lists = {name: [p for p in net.parameters()] for name, net in nets.items()}
params_g = list(itertools.chain(nets["g"].parameters(), nets["e"].parameters()))
params_d = [*nets["d"].parameters()]
opts = [torch.optim.Adam(group, lr=1e-3) for group in (params_g, params_d)]
for _ in range(2):
    for opt in opts:
        opt.zero_grad()
    fake = nets["g"](torch.randn(5, 2))
    (nets["d"](fake).mean() + nets["e"](fake).pow(2).mean()).backward()
    for opt in opts:
        opt.step()
