# label: ok
# category: distill-train-override
# rule: FRZ303,FRZ301,FRZ302
# truth: clean
import torch
from engine import Trainer
from engine.registry import build
import models  # noqa: F401  (fills the registry)

distiller = build({"name": "distiller", "teacher": {"name": "teacher", "width": 12}, "student": {"name": "student"}})
Trainer(distiller, epochs=2).run()
