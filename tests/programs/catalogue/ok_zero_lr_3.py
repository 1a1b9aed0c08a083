# label: ok
# category: zero-lr
# rule: FRZ210
# truth: LambdaLR multiplies the initial rate of 0: the group stays put, as long as it is wanted
import torch
from torch import nn


def optimizer_for(net, lr):
    frozen = {"params": net[0].parameters(), "lr": 0.0, "name": "frozen"}
    return torch.optim.AdamW([frozen, {"params": net[2].parameters(), "lr": lr, "name": "head"}])


def main():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.Linear(8, 1))
    opt = optimizer_for(net, 1e-2)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, [lambda e: 1.0, lambda e: 0.9**e])
    for _ in range(5):
        opt.zero_grad()
        net(torch.randn(8, 4)).pow(2).mean().backward()
        opt.step()
        sched.step()


main()
