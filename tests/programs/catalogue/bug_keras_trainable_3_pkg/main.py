# label: bug
# category: keras-trainable
# rule: FRZ109
# line: surgery.py:7
# truth: after surgery.freeze(encoder) the flags of the encoder are all True
import torch
from nets import AutoEncoder
from surgery import freeze

model = AutoEncoder(10)
freeze(model.encoder)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
for step in range(3):
    batch = torch.randn(4, 10)
    loss = (model(batch) - batch).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print([p.requires_grad for p in model.encoder.parameters()])
