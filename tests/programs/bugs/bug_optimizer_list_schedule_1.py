# label: bug
# category: optimizer-list-schedule
# rule: FRZ203
# line: 26
# truth: the encoder is unfrozen at epoch 1, none of the two optimizers in the list holds it: it stands still
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
optimizers = [torch.optim.Adam(part.parameters(), lr=lr) for part, lr in ((ac.policy, 1e-2), (ac.value, 1e-2))]
for epoch in range(3):
    if epoch == 1:
        ac.encoder.requires_grad_(True)
    for opt in optimizers:
        opt.zero_grad()
    logits, value = ac(torch.randn(6, 4))
    (logits.logsumexp(-1).mean() + value.square().mean()).backward()
    for opt in optimizers:
        opt.step()
