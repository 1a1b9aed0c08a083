# label: ok
# category: grad-mode-left-off
# rule: FRZ404
# truth: an inference script: grad mode stays off because nothing is trained
import argparse

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, n=4):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.fc = nn.Linear(4, n)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=2)
    args = parser.parse_args(argv)
    torch.set_grad_enabled(False)
    model = Classifier().eval()
    for p in model.parameters():
        p.requires_grad = False
    results = []
    for _ in range(2):
        logits = model(torch.rand(args.batch_size, 3, 8, 8))
        results.extend(logits.softmax(-1).argmax(-1).tolist())
    return results


predictions = main([])
print(predictions)
