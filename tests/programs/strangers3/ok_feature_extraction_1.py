# label: ok
# category: feature-extraction
# rule: FRZ206
# truth: everything in the extractor is frozen, what trains is a separate linear probe on cached features
import argparse
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Extractor(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())

    def forward(self, x):
        return self.net(x)


@torch.no_grad()
def extract(model, loader):
    feats, labels = [], []
    for x, y in loader:
        feats.append(model(x))
        labels.append(y)
    return torch.cat(feats), torch.cat(labels)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--probe-lr", type=float, default=0.1)
    args = parser.parse_args()
    extractor = Extractor().eval().requires_grad_(False)
    loader = DataLoader(TensorDataset(torch.randn(8, 3, 6, 6), torch.randint(0, 2, (8,))), batch_size=4)
    x, y = extract(extractor, loader)
    probe = nn.Linear(6, 2)
    opt = torch.optim.SGD(probe.parameters(), lr=args.probe_lr)
    for _ in range(3):
        loss = nn.functional.cross_entropy(probe(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return extractor, probe


extractor, probe = main()
