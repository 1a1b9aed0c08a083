# label: ok
# category: adapting-statistics-on-purpose
# rule: FRZ301, FRZ305, FRZ206
# truth: clean; features.* stay still, statistics of features.1 move, head.* move; they move in adapt_bn only
"""AdaBN: re-estimate the statistics on the target domain, then train the head with the norms at rest."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(5, 6), nn.BatchNorm1d(6), nn.ReLU())
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.features(x))


@torch.no_grad()
def adapt_bn(model, batches):
    """Adapt the running statistics to the target domain; no weight changes."""
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.reset_running_stats()
            m.momentum = None  # cumulative average
            m.train()
    for x in batches:
        model(x)
    model.eval()


torch.manual_seed(0)
net = Net()
net.features.requires_grad_(False)
adapt_bn(net, [torch.randn(16, 5) * 3 + 2 for _ in range(4)])
settled = net.features[1].running_mean.clone()

opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
for _ in range(3):
    net.head.train()
    loss = nn.functional.cross_entropy(net(torch.randn(8, 5)), torch.randint(0, 2, (8,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
assert torch.equal(settled, net.features[1].running_mean)
