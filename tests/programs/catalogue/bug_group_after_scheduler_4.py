# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 27
# truth: MultiplicativeLR has one factor for one group and raises for the group that came later
# raises: ValueError
import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)


def gradual(layers, head, schedule):
    params = [{"params": head.parameters(), "lr": 1e-2}]
    opt = optim.Adam(params)
    sched = optim.lr_scheduler.MultiplicativeLR(opt, lr_lambda=lambda e: 0.9)

    def train_one():
        x = torch.randn(6, 4)
        for layer in layers:
            x = torch.relu(layer(x))
        opt.zero_grad()
        head(x).mean().backward()
        opt.step()
        sched.step()
    for layer in reversed(layers): opt.add_param_group({"params": layer.parameters(), "lr": 1e-3}); train_one()


gradual([nn.Linear(4, 4), nn.Linear(4, 4)], nn.Linear(4, 1), None)
