# label: ok
# category: optimizer-list-schedule
# rule: FRZ203
# truth: clean
import torch
from torch import nn


class ActorCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.policy, self.value = nn.Linear(8, 2), nn.Linear(8, 1)

    def forward(self, obs):
        h = self.encoder(obs).tanh()
        return self.policy(h), self.value(h)


ac = ActorCritic()
ac.encoder.requires_grad_(False)
optimizers = [torch.optim.Adam(part.parameters(), lr=1e-2) for part in (ac.policy, ac.value)]
for epoch in range(3):
    if epoch == 1:
        ac.encoder.requires_grad_(True)
        optimizers.append(torch.optim.Adam(ac.encoder.parameters(), lr=1e-3))
    for opt in optimizers:
        opt.zero_grad()
    logits, value = ac(torch.randn(6, 4))
    (logits.logsumexp(-1).mean() + value.square().mean()).backward()
    for opt in optimizers:
        opt.step()
