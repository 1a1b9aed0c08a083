# label: bug
# category: bn-in-train
# rule: FRZ301
# line: mmlite/backbone.py:21
# truth: frozen_stages sets flags only and the detector has no train() override: the BatchNorm of the frozen stages updates its statistics
import torch
from mmlite.detector import build_detector
from mmlite.runner import Runner

cfg = dict(
    model=dict(
        backbone=dict(type="PlainBackbone", widths=(4, 6, 8), frozen_stages=2),
        head=dict(type="PointHead", num_classes=2),
    ),
    optimizer=dict(type="SGD", lr=0.02, momentum=0.9),
    max_iters=3,
)

detector = build_detector(cfg["model"])
Runner(detector, cfg).run()
