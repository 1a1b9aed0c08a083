import copy

import torch
import torch.nn.functional as F

from networks import mlp


class DQN:
    def __init__(self, n_obs, n_act, gamma=0.9, sync_every=2):
        self.q = mlp([n_obs, 16, n_act])
        self.q_target = copy.deepcopy(self.q)
        self.gamma, self.sync_every, self.n = gamma, sync_every, 0
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def targets(self, batch):
        torch.no_grad()
        best = self.q_target(batch["nxt"]).max(dim=1, keepdim=True).values
        return batch["rew"] + self.gamma * best

    def update(self, batch):
        q = self.q(batch["obs"]).gather(1, batch["act"])
        loss = F.smooth_l1_loss(q, self.targets(batch))
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        self.n += 1
        if self.n % self.sync_every == 0:
            self.q_target.load_state_dict(self.q.state_dict())
