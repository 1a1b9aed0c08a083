# label: ok
# category: reinforce-lists
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; all of the policy moves, its outputs are kept in lists
import torch
from torch import nn
from torch.distributions import Categorical
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine = nn.Linear(4, 8); self.action_head = nn.Linear(8, 2); self.value_head = nn.Linear(8, 1)
        self.saved_actions, self.rewards = [], []
    def forward(self, x):
        x = torch.relu(self.affine(x))
        return torch.softmax(self.action_head(x), dim=-1), self.value_head(x)
model = Policy(); optimizer = torch.optim.Adam(model.parameters(), lr=3e-2)
def select_action(state):
    probs, value = model(state)
    m = Categorical(probs); action = m.sample()
    model.saved_actions.append((m.log_prob(action), value))
    return action.item()
def finish_episode():
    policy_losses, value_losses = [], []
    returns = torch.tensor(model.rewards)
    for (log_prob, value), R in zip(model.saved_actions, returns):
        advantage = R - value.item()
        policy_losses.append(-log_prob * advantage)
        value_losses.append(nn.functional.smooth_l1_loss(value, torch.tensor([R])))
    optimizer.zero_grad()
    loss = torch.stack(policy_losses).sum() + torch.stack(value_losses).sum()
    loss.backward(); optimizer.step()
    del model.rewards[:]; del model.saved_actions[:]
for ep in range(2):
    for t in range(3):
        select_action(torch.randn(4)); model.rewards.append(1.0)
    finish_episode()
