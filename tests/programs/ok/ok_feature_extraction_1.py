# label: ok
# category: everything-frozen-feature-extraction
# rule: FRZ206, FRZ116
# truth: clean; Extractor:* stay still; nothing is trained, the head is solved in closed form
"""Linear probe by ridge regression on features of a frozen network."""
import torch
from torch import nn


class Extractor(nn.Module):
    def __init__(self, dim=12):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, dim, 3, padding=1), nn.BatchNorm2d(dim), nn.ReLU())
        self.eval()
        self.requires_grad_(False)

    def forward(self, x):
        return self.body(x).mean(dim=(2, 3))


@torch.inference_mode()
def collect(extractor, loader):
    feats, targets = [], []
    for x, y in loader:
        feats.append(extractor(x))
        targets.append(y)
    return torch.cat(feats), torch.cat(targets)


def ridge(f, y, lam=1e-1):
    eye = torch.eye(f.shape[1])
    return torch.linalg.solve(f.T @ f + lam * eye, f.T @ nn.functional.one_hot(y).float())


loader = [(torch.rand(6, 1, 8, 8), torch.randint(0, 3, (6,))) for _ in range(3)]
net = Extractor()
feats, labels = collect(net, loader)
w = ridge(feats, labels)
print("train accuracy", ((feats @ w).argmax(1) == labels).float().mean().item())
