# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: list() and deque() run the maps: encoder and neck are frozen
from collections import deque

import torch
from torch import nn

encoder, neck, head = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 1)
list(map(lambda p: p.requires_grad_(False), encoder.parameters()))
deque((p.requires_grad_(False) for p in neck.parameters()), maxlen=0)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
head(neck(encoder(torch.randn(2, 4)))).sum().backward()
optimizer.step()
print([p.requires_grad for m in (encoder, neck, head) for p in m.parameters()])
