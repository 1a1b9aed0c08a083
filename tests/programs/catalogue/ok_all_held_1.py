# label: ok
# category: all-held
# rule: FRZ211
# truth: what the optimizer leaves out is frozen
import torch
from torch import nn

torch.manual_seed(0)
encoder, head = nn.Linear(4, 8), nn.Linear(8, 2)
encoder.requires_grad_(False)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(4):
    loss = nn.functional.cross_entropy(head(encoder(torch.randn(8, 4)).relu()), torch.randint(0, 2, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
