# label: bug
# category: critic-frozen-for-good
# rule: FRZ206
# line: 38
# truth: the patch critic is frozen in the first generator step and never set free: its optimizer steps in vain
import torch
from torch import nn

torch.manual_seed(0)
gen = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 8))
critics = nn.ModuleDict({"global": nn.Linear(8, 1), "patch": nn.Linear(4, 1)})
opts = {name: torch.optim.Adam(net.parameters(), lr=1e-3) for name, net in critics.items()}
opt_gen = torch.optim.Adam(gen.parameters(), lr=1e-3)


def set_grad(net, on):
    for p in net.parameters():
        p.requires_grad_(on)


def score(x):
    return critics["global"](x).mean() + critics["patch"](x[:, :4]).mean()


kept = []
for step in range(4):
    set_grad(critics["global"], True)
    fake, real = gen(torch.randn(8, 4)), torch.randn(8, 8) + 1
    loss = score(fake.detach()) - score(real)
    for opt in opts.values():
        opt.zero_grad()
    loss.backward()
    for opt in opts.values():
        opt.step()
    kept.append(critics["patch"].weight.detach().clone())

    set_grad(critics["global"], False)
    set_grad(critics["patch"], False)
    opt_gen.zero_grad()
    (-score(fake)).backward()
    opt_gen.step()
