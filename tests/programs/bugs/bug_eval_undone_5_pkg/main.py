# label: bug
# category: eval-undone
# rule: FRZ302
# line: distiller.py:10
# truth: the teacher is a sub-module of the distiller, distiller.train() puts it back in train mode
import torch

from distiller import Distiller
from engine import Engine
from nets import cnn

torch.manual_seed(4)
distiller = Distiller(student=cnn(4), teacher=cnn(8))
engine = Engine(distiller, lr=0.01)
for epoch in range(2):
    engine.run_epoch()
