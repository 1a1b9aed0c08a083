# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: 11
# truth: map is lazy: every parameter of the encoder still requires grad, and it moves
import torch
from torch import nn

encoder = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
head = nn.Linear(8, 2)
map(lambda p: p.requires_grad_(False), encoder.parameters())
optimizer = torch.optim.SGD([*encoder.parameters(), *head.parameters()], lr=0.1)
before = encoder[0].weight.clone()
head(encoder(torch.randn(4, 8))).sum().backward()
optimizer.step()
print([p.requires_grad for p in encoder.parameters()], not torch.equal(before, encoder[0].weight))
