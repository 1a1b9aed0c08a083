# label: ok
# category: tied-weights
# rule: FRZ123
# truth: the values are copied, nothing is shared: the decoder trains while the encoder is frozen
import torch
from torch import nn

encoder, decoder = nn.Embedding(8, 4), nn.Linear(4, 8)
decoder.weight = nn.Parameter(encoder.weight.detach().clone())
encoder.requires_grad_(False)
optimizer = torch.optim.SGD(decoder.parameters(), lr=0.1)
decoder(encoder(torch.randint(0, 8, (2, 3)))).sum().backward()
optimizer.step()
print([p.requires_grad for p in encoder.parameters()], [p.requires_grad for p in decoder.parameters()])
