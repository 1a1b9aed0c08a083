# label: bug
# category: set-bn-eval-apply
# rule: FRZ302
# line: 53
# truth: set_bn_eval is applied once before the loop, train_epoch calls model.train(): the frozen norms run in train mode
import torch
import torch.nn.functional as F
from torch import nn


def set_bn_eval(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm") != -1:
        m.eval()


def set_bn_fix(m):
    if "BatchNorm" in m.__class__.__name__:
        for p in m.parameters():
            p.requires_grad = False


class UNetLite(nn.Module):
    def __init__(self):
        super(UNetLite, self).__init__()
        self.encoder = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.decoder = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def train_epoch(model, loader, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


def poly_lr(optimizer, base_lr, it, max_it, power=0.9):
    for g in optimizer.param_groups:
        g["lr"] = base_lr * (1 - it / max_it) ** power


def main():
    model = UNetLite()
    model.apply(set_bn_fix)
    model.apply(set_bn_eval)
    optimizer = torch.optim.SGD([{"params": model.encoder.parameters(), "lr": 1e-2}, {"params": model.decoder.parameters()}], lr=1e-1)
    loader = [(torch.rand(2, 3, 8, 8), torch.randint(0, 2, (2, 8, 8))) for _ in range(2)]
    for epoch in range(2):
        train_epoch(model, loader, optimizer)
        poly_lr(optimizer, 1e-2, epoch, 3)


main()
