# label: bug
# category: module-attr
# rule: FRZ101
# line: models/moco.py:14
# truth: ema.requires_grad = False on the deep-copied key encoder of a MoCo-like trainer: it is in the optimizer and moves by gradient
import torch
from engine import Engine
from models import build_model

cfg = dict(arch="moco", dim=8, momentum=0.99, lr=0.05)
net = build_model(cfg)
engine = Engine(net, lr=cfg["lr"])
engine.fit(epochs=2)
