# label: ok
# category: freeze-between-backward-step
# rule: FRZ202
# truth: zero_grad drops the gradients, so Adam skips the frozen encoder
import argparse

import torch
from torch import nn


class TwoStage(nn.Module):
    def __init__(self, dim=6, hidden=8):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(dim, hidden), nn.Tanh())
        self.policy = nn.Linear(hidden, 3)
        self.value = nn.Linear(hidden, 1)

    def forward(self, obs):
        h = self.encoder(obs)
        return torch.distributions.Categorical(logits=self.policy(h)), self.value(h).squeeze(-1)


def ppo_loss(dist, value, act, old, adv, ret, clip=0.2):
    ratio = (dist.log_prob(act) - old).exp()
    pg = -torch.min(ratio * adv, ratio.clamp(1 - clip, 1 + clip) * adv).mean()
    return pg + 0.5 * (value - ret).pow(2).mean() - 0.01 * dist.entropy().mean()


parser = argparse.ArgumentParser()
parser.add_argument("--freeze-after", type=int, default=2)
parser.add_argument("--updates", type=int, default=5)
args = parser.parse_args()

torch.manual_seed(0)
net = TwoStage()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
trace = []
for update in range(args.updates):
    if update == args.freeze_after:
        for p in net.encoder.parameters():
            p.requires_grad = False
    trace.append(net.encoder[0].weight.sum().item())
    obs, adv, ret = torch.randn(8, 6), torch.randn(8), torch.randn(8)
    with torch.no_grad():
        dist, _ = net(obs)
        act = dist.sample()
        old = dist.log_prob(act)
    dist, value = net(obs)
    optimizer.zero_grad()
    ppo_loss(dist, value, act, old, adv, ret).backward()
    nn.utils.clip_grad_norm_(net.parameters(), 0.5)
    optimizer.step()
trace.append(net.encoder[0].weight.sum().item())
