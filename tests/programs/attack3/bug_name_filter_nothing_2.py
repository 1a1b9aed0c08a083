# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 43
# truth: the blocks are called `blocks.N`, the config says `layers.N`: nothing is frozen and all blocks move
import torch
from torch import nn

CONFIG = {
    "depth": 3,
    "dim": 8,
    "frozen_prefixes": ["layers.0", "layers.1"],
    "lr": 5e-3,
}


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        return x + self.mlp(self.norm(x))


class Policy(nn.Module):
    def __init__(self, depth, dim):
        super().__init__()
        self.obs = nn.Linear(4, dim)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.pi = nn.Linear(dim, 2)

    def forward(self, x):
        x = self.obs(x)
        for blk in self.blocks:
            x = blk(x)
        return torch.distributions.Categorical(logits=self.pi(x))


policy = Policy(CONFIG["depth"], CONFIG["dim"])
for n, p in policy.named_parameters():
    if any(n.startswith(prefix) for prefix in CONFIG["frozen_prefixes"]):
        p.requires_grad = False

opt = torch.optim.Adam(policy.parameters(), lr=CONFIG["lr"])
for episode in range(3):
    dist = policy(torch.randn(16, 4))
    act = dist.sample()
    ret = torch.randn(16)
    loss = -(dist.log_prob(act) * ret).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
