# label: bug
# category: rl-target-nets
# rule: FRZ403
# line: 38
# truth: the bare no_grad() does nothing: the target Q values carry a graph
import random
from collections import deque

import torch
import torch.nn as nn
import torch.optim as optim


class Critic(nn.Module):
    def __init__(self, state_dim, action_dim):
        super(Critic, self).__init__()
        self.l1 = nn.Linear(state_dim + action_dim, 16)
        self.l2 = nn.Linear(16, 1)

    def forward(self, state, action):
        return self.l2(torch.relu(self.l1(torch.cat([state, action], 1))))


class Agent(object):
    def __init__(self, state_dim=3, action_dim=1, gamma=0.99, tau=0.005):
        self.critic = Critic(state_dim, action_dim)
        self.critic_target = Critic(state_dim, action_dim)
        self.critic_target.load_state_dict(self.critic.state_dict())
        self.critic_optimizer = optim.Adam(self.critic.parameters(), lr=3e-4)
        self.gamma, self.tau = gamma, tau
        self.memory = deque(maxlen=100)

    def remember(self, *t):
        self.memory.append(t)

    def update(self, batch_size=4):
        state, action, reward, next_state = map(torch.stack, zip(*random.sample(self.memory, batch_size)))
        torch.no_grad()
        target_Q = self.critic_target(next_state, action)
        target_Q = reward + self.gamma * target_Q
        print(target_Q.requires_grad)
        loss = nn.functional.mse_loss(self.critic(state, action), target_Q)
        self.critic_optimizer.zero_grad()
        loss.backward()
        self.critic_optimizer.step()
        for param, target_param in zip(self.critic.parameters(), self.critic_target.parameters()):
            target_param.data.copy_(self.tau * param.data + (1 - self.tau) * target_param.data)


agent = Agent()
for _ in range(8):
    agent.remember(torch.randn(3), torch.randn(1), torch.randn(1), torch.randn(3))
for _ in range(2):
    agent.update()
