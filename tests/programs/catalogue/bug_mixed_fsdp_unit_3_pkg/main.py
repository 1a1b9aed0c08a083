# label: bug
# category: freeze-after-fsdp
# rule: FRZ502
# line: shard.py:17
# truth: the first layer has no parameters of its own any more: the flat parameter still requires a gradient
import torch
from shard import Sharded
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 1))
trainer = Sharded(net)
trainer.freeze_first()
trainer.fit(3)
