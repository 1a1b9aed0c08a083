# label: bug
# category: gradient-cut
# rule: FRZ401
# line: asr/model.py:15
# truth: the features leave torch for numpy between encoder and head: the trainable encoder has no gradient
import torch
from asr.model import Recognizer
from asr.train import train

torch.manual_seed(0)
model = Recognizer()
train(model, steps=3)
