# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: finetune/trainer.py:9
# truth: Finetuner freezes in its base class, then Adam receives every parameter of the net
import torch

from finetune.trainer import Finetuner

tuner = Finetuner(in_dim=6, n_out=2, freeze=True)
for epoch in range(2):
    tuner.train_epoch([(torch.randn(4, 6), torch.randn(4, 2)) for _ in range(2)])
