# label: ok
# category: eval-after-train
# rule: FRZ301, FRZ302
# truth: the loss network is put back into eval mode after every train(): its statistics stand still
import torch
import torch.nn as nn
import torch.nn.functional as F


class Task(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Conv2d(3, 3, 3, padding=1)
        self.critic = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU()).requires_grad_(False).eval()

    def loss(self, x, y):
        out = self.net(x)
        return F.l1_loss(out, y) + F.mse_loss(self.critic(out), self.critic(y))


task = Task()
opt = torch.optim.Adam(task.net.parameters(), 1e-3)
mean = task.critic[1].running_mean.clone()
for epoch in range(3):
    task.train()
    task.critic.eval()
    x, y = torch.rand(2, 3, 8, 8), torch.rand(2, 3, 8, 8)
    loss = task.loss(x, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
