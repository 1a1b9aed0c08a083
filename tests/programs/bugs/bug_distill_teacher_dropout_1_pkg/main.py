# label: bug
# category: distill-teacher-dropout
# rule: FRZ303
# line: distillers.py:23
# truth: Trainer.fit puts the whole distiller in train mode, so the frozen teacher answers the same batch differently
import torch
from base_trainer import BaseTrainer
from distillers import DISTILLERS
from nets import Student, Teacher


def build_from_cfg(cfg, registry, **default):
    args = dict(cfg)
    cls = registry[args.pop("type")]
    return cls(**args, **default)


cfg = {"type": "kd", "temperature": 4.0, "alpha": 0.5}
distiller = build_from_cfg(cfg, DISTILLERS, student=Student(), teacher=Teacher())
trainer = BaseTrainer(distiller, lr=0.05)
trainer.fit(2)
