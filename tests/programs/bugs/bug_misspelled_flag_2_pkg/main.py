# label: bug
# category: misspelled-flag
# rule: FRZ102
# line: utils.py:7
# truth: nothing is frozen: the adapter and the base both require grad and both move
import torch
from torch import nn

from models import AdapterModel
from utils import train_only

model = AdapterModel()
train_only(model, prefixes=("adapter",))
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
print(len(opt.param_groups[0]["params"]), "tensors to train")
for _ in range(3):
    loss = nn.functional.smooth_l1_loss(model(torch.randn(8, 6)), torch.randn(8, 6))
    opt.zero_grad()
    loss.backward()
    opt.step()
