# label: bug
# category: grad-mode-left-off
# rule: FRZ404
# line: 12
# truth: the feature pass switches grad mode off for good; the loss of the probe needs no grad and backward raises
# raises: RuntimeError
import torch
from torch import nn


def extract_features(backbone, images, bs=4):
    torch.set_grad_enabled(False)
    backbone.eval()
    feats = []
    for i in range(0, len(images), bs):
        feats.append(backbone(images[i:i + bs]))
    return torch.cat(feats)


def train_probe(feats, labels, epochs=2):
    probe = nn.Linear(feats.size(1), int(labels.max()) + 1)
    opt = torch.optim.SGD(probe.parameters(), lr=0.1)
    for _ in range(epochs):
        loss = nn.functional.cross_entropy(probe(feats), labels)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return probe


def main():
    torch.manual_seed(0)
    backbone = nn.Sequential(nn.Conv2d(3, 6, 3, 2), nn.BatchNorm2d(6), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    images, labels = torch.rand(8, 3, 9, 9), torch.arange(8) % 3
    feats = extract_features(backbone, images)
    train_probe(feats, labels)


if __name__ == "__main__":
    main()
