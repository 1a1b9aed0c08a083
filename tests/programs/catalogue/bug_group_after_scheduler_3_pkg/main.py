# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: main.py:21
# truth: the warm restarts were set up for one group: scheduler.step() raises once the backbone has joined
# raises: ValueError
import torch
from torch import nn

from setup import make_optimizer, make_scheduler


def main():
    torch.manual_seed(0)
    backbone, head = nn.Linear(3, 3), nn.Linear(3, 1)
    optimizer = make_optimizer(head)
    scheduler = make_scheduler(optimizer, period=4)
    for epoch in range(3):
        loss = head(backbone(torch.randn(5, 3))).pow(2).mean()
        if epoch == 1:
            optimizer.add_param_group({"params": list(backbone.parameters())})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()


main()
