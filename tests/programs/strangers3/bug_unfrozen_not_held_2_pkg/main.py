# label: bug
# category: unfrozen-not-held
# rule: FRZ203
# line: callbacks.py:17
# truth: the callback unfreezes the backbone at epoch 1, the optimizer built by the factory has its head only
import torch
from engine import Trainer, build_optimizer
from callbacks import UnfreezeCallback, LogCallback
from models import FineTuner

torch.manual_seed(0)
model = FineTuner()
model.freeze_backbone()
optimizer = build_optimizer(model, {"type": "AdamW", "lr": 1e-2})
trainer = Trainer(model, optimizer, callbacks=[LogCallback(), UnfreezeCallback(epoch=1)])
trainer.fit(3)
