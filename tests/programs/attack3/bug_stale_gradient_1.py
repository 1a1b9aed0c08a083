# label: bug
# category: stale-gradient
# rule: FRZ202
# line: 32
# truth: zero_grad(set_to_none=False) leaves zero gradients, so Adam's history moves the stem after it was frozen
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(6, 12)
        self.mid = nn.Linear(12, 12)
        self.out = nn.Linear(12, 3)

    def forward(self, x):
        return self.out(self.mid(self.stem(x).relu()).relu())


class FreezingTrainer:
    """FreezeOut: early layers are frozen while training goes on."""

    def __init__(self, net, freeze_stem_at=2):
        self.net = net
        self.freeze_stem_at = freeze_stem_at
        self.opt = torch.optim.Adam(net.parameters(), lr=1e-2)

    def run(self, epochs):
        for epoch in range(epochs):
            if epoch == self.freeze_stem_at:
                self.net.stem.requires_grad_(False)
                self.stem_then = self.net.stem.weight.detach().clone()
            self.train_one_epoch()

    def train_one_epoch(self):
        for _ in range(2):
            x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
            self.opt.zero_grad(set_to_none=False)
            loss = nn.functional.cross_entropy(self.net(x), y)
            loss.backward()
            self.opt.step()


torch.manual_seed(0)
trainer = FreezingTrainer(Net())
trainer.run(4)
print("moved while frozen:", (trainer.net.stem.weight - trainer.stem_then).abs().max().item())
