# label: ok
# category: bn-override
# rule: FRZ301, FRZ302
# truth: the backbone's train() override in a base class puts frozen stages and all norms back to eval (norm_eval)
import torch
from torch import nn
from detector import Detector

torch.manual_seed(0)
model = Detector(dict(depth=3, frozen_stages=1, norm_eval=True), num_classes=2)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.02, momentum=0.9)
for epoch in range(2):
    model.train()
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(2, 3, 6, 6) + 1), torch.randint(0, 2, (2, 6, 6)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
