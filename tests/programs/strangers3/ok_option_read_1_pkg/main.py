# label: ok
# category: option-read
# rule: FRZ118
# truth: the freeze option goes through **kwargs to the builder that reads it; the command line uses BooleanOptionalAction
import argparse
import torch
from torch import nn
from zoo import create_model

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="tiny")
parser.add_argument("--freeze-backbone", action=argparse.BooleanOptionalAction, default=True)
args = parser.parse_args()

model = create_model(args.model, freeze_backbone=args.freeze_backbone, classes=2)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
