# label: ok
# category: all-held
# rule: FRZ211
# truth: the features are computed under no_grad: no gradient is computed for them
import torch
from torch import nn


def features(net, x):
    with torch.no_grad():
        return net(x)


torch.manual_seed(0)
encoder, head = nn.Sequential(nn.Linear(4, 8), nn.ReLU()), nn.Linear(8, 2)
opt = torch.optim.Adam(head.parameters())
for _ in range(3):
    opt.zero_grad()
    nn.functional.cross_entropy(head(features(encoder, torch.randn(8, 4))), torch.randint(0, 2, (8,))).backward()
    opt.step()
