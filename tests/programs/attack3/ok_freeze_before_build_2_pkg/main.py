# label: ok
# category: freeze-before-build
# rule: FRZ124
# truth: the base __init__ calls build() of the subclass first, so the freeze meets the layers
import torch
from towers import AudioTower
from torch import nn

tower = AudioTower(frozen=True)
probe = nn.Linear(tower.dim, 2)
opt = torch.optim.SGD(probe.parameters(), lr=0.1)
for _ in range(3):
    with torch.no_grad():
        z = tower(torch.randn(4, 16))
    loss = nn.functional.cross_entropy(probe(z), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
assert not any(p.requires_grad for p in tower.parameters())
