# label: ok
# category: freeze-bn-misses-1d
# rule: FRZ120
# truth: freeze_bn looks for both kinds
import torch
from torch import nn


class ReID(nn.Module):
    def __init__(self, c=6, ids=5):
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Conv2d(3, c, 3, padding=1, bias=False), nn.BatchNorm2d(c), nn.ReLU(),
            nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c), nn.ReLU(),
        )
        self.projector = nn.Sequential(nn.Linear(c, c), nn.BatchNorm1d(c), nn.ReLU())
        self.id_head = nn.Linear(c, ids)

    def freeze_bn(self):
        for m in self.modules():
            if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
                m.eval()
                m.weight.requires_grad = False
                m.bias.requires_grad = False

    def forward(self, x):
        return self.id_head(self.projector(self.trunk(x).mean((2, 3))))


def train_epoch(net, opt, loader, epoch):
    net.train()
    net.freeze_bn()
    for i, (x, y) in enumerate(loader):
        loss = nn.functional.cross_entropy(net(x), y, label_smoothing=0.1)
        opt.zero_grad()
        loss.backward()
        opt.step()
    print(f"Epoch {epoch}: {loss.item():.3f}")


torch.manual_seed(0)
net = ReID()
net.freeze_bn()
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.03, momentum=0.9, weight_decay=5e-4)
loader = [(torch.rand(4, 3, 8, 8), torch.randint(0, 5, (4,))) for _ in range(3)]
for epoch in range(2):
    train_epoch(net, opt, loader, epoch)
