# label: ok
# category: proximal-policy
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; pi.* and v.* move, the rollouts alone run without gradients
import torch
from torch import nn
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.pi, self.v = nn.Linear(4, 2), nn.Linear(4, 1)
    def evaluate(self, s, a):
        d = torch.distributions.Categorical(logits=self.pi(s))
        return d.log_prob(a), self.v(s).squeeze(-1), d.entropy()
    @torch.no_grad()
    def act(self, s):
        d = torch.distributions.Categorical(logits=self.pi(s))
        a = d.sample()
        return a, d.log_prob(a), self.v(s).squeeze(-1)
class Buffer:
    def __init__(self): self.rows = []
    def add(self, *row): self.rows.append(row)
    def get(self): return [torch.stack(c) for c in zip(*self.rows)]
policy = Policy(); opt = torch.optim.Adam(policy.parameters(), lr=3e-4)
buf = Buffer()
for _ in range(8):
    s = torch.randn(4); a, lp, v = policy.act(s); buf.add(s, a, lp, v, torch.randn(()))
for _ in range(3):
    s, a, lp, v, r = buf.get()
    new, val, ent = policy.evaluate(s, a)
    adv = r - v
    ratio = (new - lp).exp()
    loss = -torch.min(ratio * adv, ratio.clamp(.8, 1.2) * adv).mean() + (val - r).pow(2).mean() - .01 * ent.mean()
    opt.zero_grad(); loss.backward(); opt.step()
