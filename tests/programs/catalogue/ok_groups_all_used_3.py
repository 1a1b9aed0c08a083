# label: ok
# category: groups-all-used
# rule: FRZ207
# truth: the list is for clipping; what it holds is in the optimizer by another way
import torch
from torch import nn


class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.actor = nn.Linear(4, 2)
        self.critic = nn.Linear(4, 1)

    def forward(self, obs):
        return self.actor(obs), self.critic(obs)


def main():
    torch.manual_seed(0)
    policy = Policy()
    to_clip = list(policy.critic.parameters())
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-3)
    for _ in range(3):
        logits, value = policy(torch.randn(16, 4))
        loss = logits.logsumexp(-1).mean() + value.pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(to_clip, 0.5)
        optimizer.step()


main()
