# label: bug
# category: reloaded-encoder
# rule: FRZ125
# line: main.py:12
# truth: the frozen encoder is dropped for a second one that from_checkpoint makes; that one trains
import torch

from encoder import Encoder
from torch import nn

encoder = Encoder(4)
encoder.freeze()
encoder = Encoder.from_checkpoint(4)
head = nn.Linear(8, 2)
model = nn.Sequential(encoder, head)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(3, 4)).square().mean().backward()
    optimizer.step()
