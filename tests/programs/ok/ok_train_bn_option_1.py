# label: ok
# category: option-keeps-norms-training
# rule: FRZ301, FRZ120, FRZ201
# truth: clean; body.0.* stay still, body.1.* move, statistics of body.1 move, fc.* move; as train_bn says
"""freeze(module, train_bn=True), as in the fine-tuning callbacks: all but the norms."""
import torch
from torch import nn

BN_TYPES = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def freeze(module: nn.Module, train_bn: bool = True) -> None:
    for mod in module.modules():
        if isinstance(mod, BN_TYPES) and train_bn:
            mod.requires_grad_(True)
            mod.track_running_stats = True
        else:
            for param in mod.parameters(recurse=False):
                param.requires_grad = False


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.fc = nn.Linear(8, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.body(x))


net = Net()
freeze(net.body, train_bn=True)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net.train()
for _ in range(3):
    loss = nn.functional.cross_entropy(net(torch.randn(12, 6)), torch.randint(0, 2, (12,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
