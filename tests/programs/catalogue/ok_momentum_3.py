# label: ok
# category: momentum-schedule
# rule: FRZ308
# truth: clean; the momentum sinks to 0.0125 and the statistics follow; that of the optimizer is another
import torch
from torch import nn


class BNMomentum:
    def __init__(self, model, decay=0.5, floor=0.01):
        self.model, self.decay, self.floor = model, decay, floor

    def step(self, epoch):
        momentum = max(0.1 * self.decay**epoch, self.floor)
        for m in self.model.modules():
            if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
                m.momentum = momentum


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0)
schedule = BNMomentum(model)
for epoch in range(4):
    schedule.step(epoch)
    optimizer.zero_grad()
    model(torch.randn(6, 4)).pow(2).mean().backward()
    optimizer.step()
    for group in optimizer.param_groups:
        group["momentum"] = 0
