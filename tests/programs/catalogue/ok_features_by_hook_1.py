# label: ok
# category: features-by-hook
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; net.* and head.* move, the hook keeps live features
import torch
from torch import nn
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8))
head = nn.Linear(8, 2)
feats = {}
def save(name):
    def hook(m, i, o):
        feats[name] = o
    return hook
net[0].register_forward_hook(save("first"))
opt = torch.optim.SGD(list(net.parameters()) + list(head.parameters()), lr=.1)
for _ in range(3):
    out = net(torch.randn(3, 4))
    aux = head(out.detach())
    loss = nn.functional.cross_entropy(aux, torch.tensor([0, 1, 0])) + feats["first"].pow(2).mean() + out.mean() * 0.1
    opt.zero_grad(); loss.backward(); opt.step()
