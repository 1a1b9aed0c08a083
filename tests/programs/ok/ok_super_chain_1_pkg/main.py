# label: ok
# category: super-chain
# rule: FRZ304,FRZ301,FRZ302
# truth: clean
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
