# label: bug
# category: freeze-undone
# rule: FRZ114
# line: detector/engine.py:15
# truth: engine.fit() sets every parameter trainable again before the first step; the backbone moves
import torch
from detector.engine import Engine
from detector.model import build_detector

torch.manual_seed(3)
model = build_detector(num_classes=2)
model.freeze_backbone()
engine = Engine(model, lr=1e-2)
engine.fit(epochs=2)
