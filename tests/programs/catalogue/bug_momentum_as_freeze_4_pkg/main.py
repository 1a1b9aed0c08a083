# label: bug
# category: momentum-as-freeze
# rule: FRZ308
# line: model.py:12
# truth: outputs of one batch differ between train and eval mode, the statistics stay at their start
import argparse

import torch
from model import Matcher

parser = argparse.ArgumentParser()
parser.add_argument("--freeze-bn", action="store_true")
options = parser.parse_args(["--freeze-bn"])

torch.manual_seed(0)
matcher = Matcher()
if options.freeze_bn:
    matcher.freeze_bn()
optimizer = torch.optim.SGD(matcher.parameters(), lr=0.1)
for _ in range(3):
    left, right = torch.randn(5, 4), torch.randn(5, 4)
    optimizer.zero_grad()
    matcher(left, right).sum().backward()
    optimizer.step()
