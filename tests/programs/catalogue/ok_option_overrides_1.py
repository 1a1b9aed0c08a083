# label: ok
# category: option-overrides
# rule: FRZ114
# truth: frozen by default; only the option --finetune-all, which a user chooses, makes it trainable again
import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--finetune-all", action="store_true")
args = parser.parse_args([])


class Extractor(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Linear(4, 4)
        self.classifier = nn.Linear(4, 2)
        self.features.requires_grad_(False)

    def forward(self, x):
        return self.classifier(self.features(x))


model = Extractor()
if args.finetune_all:
    for p in model.parameters():
        p.requires_grad = True
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(4, 4)).pow(2).sum().backward()
    optimizer.step()
