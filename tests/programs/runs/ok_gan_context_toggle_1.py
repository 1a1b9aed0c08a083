# label: ok
# category: gan-toggle-in-a-context
# rule: FRZ206
# truth: the context sets the critic's flags back: both networks move
import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def frozen(net):
    flags = [p.requires_grad for p in net.parameters()]
    for p in net.parameters():
        p.requires_grad_(False)
    try:
        yield
    finally:
        for p, flag in zip(net.parameters(), flags):
            p.requires_grad_(flag)


torch.manual_seed(0)
gen, critic = nn.Linear(4, 2), nn.Linear(2, 1)
opt_g, opt_c = torch.optim.Adam(gen.parameters(), 1e-2), torch.optim.Adam(critic.parameters(), 1e-2)
before = critic.weight.detach().clone()
for _ in range(3):
    fake = gen(torch.randn(8, 4))
    opt_c.zero_grad()
    (critic(fake.detach()).mean() - critic(torch.randn(8, 2)).mean()).backward()
    opt_c.step()
    with frozen(critic):
        opt_g.zero_grad()
        (-critic(fake)).mean().backward()
        opt_g.step()
