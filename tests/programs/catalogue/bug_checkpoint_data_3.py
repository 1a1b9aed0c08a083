# label: bug
# category: checkpoint-data
# rule: FRZ406
# line: 22
# truth: encoder.* has grad None at every step: the data that enters the checkpoint requires no grad; decoder.* moves
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, TensorDataset

encoder = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 4))
decoder = nn.Linear(4, 6)
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-2)
loader = DataLoader(TensorDataset(torch.randn(12, 6)), batch_size=4)


def encode(x):
    return encoder(x)


for (x,) in loader:
    z = checkpoint(encode, x, use_reentrant=True)
    loss = nn.functional.mse_loss(decoder(z), x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
