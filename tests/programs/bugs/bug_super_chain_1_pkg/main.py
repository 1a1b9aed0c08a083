# label: bug
# category: super-chain
# rule: FRZ304
# line: base.py:26
# truth: the norms of the stem are put in eval and then set back by super().train(): they run in train mode and drift
import torch

from detector import Detector

model = Detector(classes=3)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.05)
for step in range(3):
    model.train()
    loss = model.loss(torch.randn(2, 3, 8, 8), torch.randint(0, 3, (2,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
