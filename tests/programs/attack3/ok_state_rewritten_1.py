# label: ok
# category: state-rewritten
# rule: FRZ307
# truth: the clamp skips what does not require grad; the frozen features stay
import torch
from torch import nn

features = nn.Sequential(nn.Linear(4, 8), nn.Tanh()).requires_grad_(False)
critic = nn.Sequential(features, nn.Linear(8, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
gen = nn.Linear(2, 4)
opt_c = torch.optim.RMSprop([p for p in critic.parameters() if p.requires_grad], lr=1e-3)
opt_g = torch.optim.RMSprop(gen.parameters(), lr=1e-3)


def clip_weights(net, c=0.05):
    for p in net.parameters():
        if p.requires_grad:
            p.data.clamp_(-c, c)


for _ in range(3):
    loss = critic(gen(torch.randn(8, 2)).detach()).mean() - critic(torch.randn(8, 4)).mean()
    opt_c.zero_grad()
    loss.backward()
    opt_c.step()
    clip_weights(critic)
    loss_g = -critic(gen(torch.randn(8, 2))).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
