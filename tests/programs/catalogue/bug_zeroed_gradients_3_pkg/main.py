# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: trainer.py:23
# truth: after the warm-up the stem's gradients are zeroed, and the momentum of the first epochs moves it on
import torch
from torch import nn

from trainer import Trainer

torch.manual_seed(0)
model = nn.ModuleDict({"stem": nn.Linear(5, 5), "head": nn.Linear(5, 2)})
trainer = Trainer(model, warmup=2)
trainer.run(5)
