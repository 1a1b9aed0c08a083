# label: ok
# category: fresh-iterators
# rule: FRZ205
# truth: each consumer gets its own iterator: count, clipping and two optimizers all see the parameters
import torch
from torch import nn


class ActorCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(4, 8)
        self.actor, self.critic = nn.Linear(8, 2), nn.Linear(8, 1)

    def forward(self, s):
        h = torch.relu(self.embed(s))
        return self.actor(h), self.critic(h).squeeze(-1)


def trainable(module):
    return (p for p in module.parameters() if p.requires_grad)


class Agent:
    def __init__(self):
        self.net = ActorCritic()
        self.net.embed.requires_grad_(False)
        print(sum(p.numel() for p in trainable(self.net)))
        self.opt_a = torch.optim.Adam(trainable(self.net.actor), lr=1e-3)
        self.opt_c = torch.optim.Adam(trainable(self.net.critic), lr=1e-3)
        self.clip_params = list(trainable(self.net))

    def update(self, s, a, ret):
        logits, v = self.net(s)
        logp = logits.log_softmax(-1).gather(1, a[:, None]).squeeze(1)
        loss = -(logp * (ret - v).detach()).mean() + (ret - v).pow(2).mean()
        self.opt_a.zero_grad()
        self.opt_c.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.clip_params, 0.5)
        self.opt_a.step()
        self.opt_c.step()


agent = Agent()
for _ in range(3):
    agent.update(torch.randn(5, 4), torch.randint(0, 2, (5,)), torch.randn(5))
