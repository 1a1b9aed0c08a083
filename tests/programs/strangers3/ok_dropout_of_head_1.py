# label: ok
# category: dropout-of-head
# rule: FRZ303
# truth: dropout is active only in the trained head; the frozen body has none (p = 0)
import torch
from torch import nn


class Body(nn.Module):
    def __init__(self, d=8, p=0.0):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(d, 2, 16, dropout=p, batch_first=True)
        self.drop = nn.Dropout(p)

    def forward(self, x):
        return self.drop(self.layer(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = Body()
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 2))

    def forward(self, x):
        return self.head(self.body(x).mean(1))


net = Net()
for n, p in net.named_parameters():
    p.requires_grad = n.split(".")[0] == "head"
opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(4, 5, 8)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
