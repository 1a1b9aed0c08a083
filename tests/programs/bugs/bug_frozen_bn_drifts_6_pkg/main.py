# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: distill.py:10
# truth: the teacher is frozen and under no_grad but in train mode: its BatchNorm drifts
import torch

from distill import DistillTrainer
from nets import ConvNet

torch.manual_seed(9)
teacher, student = ConvNet(width=8), ConvNet(width=4)
trainer = DistillTrainer(teacher, student)
trainer.fit(epochs=2)
