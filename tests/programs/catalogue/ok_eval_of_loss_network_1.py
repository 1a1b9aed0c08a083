# label: ok
# category: eval-of-loss-network
# rule: FRZ116
# truth: the feature network is only used in the loss and in no optimizer; it does not move
import torch
from torch import nn

features = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU()).eval()
generator = nn.Conv2d(1, 1, 3, padding=1)
start = features[0].weight.detach().clone()
optimizer = torch.optim.Adam(generator.parameters(), lr=1e-2)


def freeze(module):
    module.eval()


freeze(features)
for _ in range(2):
    x = torch.randn(2, 1, 8, 8)
    loss = (features(generator(x)) - features(x)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
