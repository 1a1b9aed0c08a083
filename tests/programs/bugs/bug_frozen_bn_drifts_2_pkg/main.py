# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: models/base.py:13
# truth: frozen_stages=1 freezes the flags of stage 1 only, its BatchNorm statistics still drift
import torch
from torch import nn

from models import build_segmentor

cfg = dict(type="StagedNet", frozen_stages=1, widths=(4, 8), classes=2)
segmentor = build_segmentor(cfg)
params = [p for p in segmentor.parameters() if p.requires_grad]
optimizer = torch.optim.SGD(params, lr=0.01, momentum=0.9, weight_decay=5e-4)

for it in range(4):
    segmentor.train()
    img, gt = torch.rand(2, 3, 8, 8) * 5, torch.randint(0, 2, (2, 8, 8))
    loss = nn.functional.cross_entropy(segmentor(img), gt)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
