# label: bug
# category: freeze-helper-only-evals
# rule: FRZ116
# line: layers.py:18
# truth: freeze_layers() of another file only calls eval() on the named parts; they are in the optimizer and move
import torch

from layers import Net
from trainer import Trainer

torch.manual_seed(1)
trainer = Trainer(Net(), frozen=["stem", "norm"])
start = trainer.net.stem.weight.detach().clone()
trainer.fit(3)
