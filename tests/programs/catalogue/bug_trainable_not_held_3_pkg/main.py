# label: bug
# category: trainable-not-held
# rule: FRZ211
# line: loop.py:6
# truth: the loss has weights of its own that require grad, and the optimizer is given those of the model alone
import torch

from criterion import WeightedLoss
from loop import train
from torch import nn

torch.manual_seed(0)
train(nn.Linear(5, 3), WeightedLoss(3))
