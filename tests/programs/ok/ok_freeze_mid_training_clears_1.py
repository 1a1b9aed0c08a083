# label: ok
# category: freeze-in-mid-training-grads-cleared
# rule: FRZ202
# truth: clean; q.* move, policy.* move; q does not move after its freeze though zero_grad keeps zero tensors
import torch
from torch import nn


class ActorCritic(nn.Module):
    def __init__(self, obs=5, act=3):
        super().__init__()
        self.policy = nn.Linear(obs, act)
        self.q = nn.Linear(obs, act)

    def forward(self, obs):
        pi = self.policy(obs).softmax(-1)
        return (pi * self.q(obs)).sum(-1), pi


def freeze_now(module):
    """Also drops the stale gradients, or momentum would go on moving the weights."""
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None


ac = ActorCritic()
opt = torch.optim.SGD(ac.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-3)
for step in range(6):
    if step == 3:
        freeze_now(ac.q)
        kept = ac.q.weight.clone()
    value, pi = ac(torch.randn(10, 5))
    loss = (value - 1).pow(2).mean() - 0.01 * (pi * pi.log()).sum(-1).mean()
    opt.zero_grad(set_to_none=False)
    loss.backward()
    opt.step()
assert torch.equal(kept, ac.q.weight)
