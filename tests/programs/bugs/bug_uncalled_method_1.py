# label: bug
# category: uncalled-method
# rule: FRZ106
# line: 22
# truth: iterating over the method object instead of its result raises
# raises: TypeError
import torch
import torch.nn as nn


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Linear(4, 8)
        self.q = nn.Linear(8, 1)

    def forward(self, s):
        return self.q(torch.relu(self.shared(s)))


def freeze(module):
    for p in module.parameters:
        p.requires_grad = False


critic = Critic()
freeze(critic.shared)
optim = torch.optim.Adam(critic.q.parameters(), lr=1e-3)
for _ in range(2):
    states, returns = torch.randn(8, 4), torch.randn(8, 1)
    loss = nn.functional.mse_loss(critic(states), returns)
    optim.zero_grad()
    loss.backward()
    optim.step()
