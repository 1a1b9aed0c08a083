# label: ok
# category: statistics-paused-and-resumed
# rule: FRZ308
# truth: clean; the statistics pause for the second forward of each step and follow the first
import torch
from torch import nn


def disable_running_stats(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.backup_momentum = module.momentum
            module.momentum = 0


def enable_running_stats(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d) and hasattr(module, "backup_momentum"):
            module.momentum = module.backup_momentum


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    x, y = torch.randn(8, 4), torch.randint(0, 2, (8,))
    enable_running_stats(model)
    nn.functional.cross_entropy(model(x), y).backward()
    disable_running_stats(model)
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()
    optimizer.zero_grad()
enable_running_stats(model)
