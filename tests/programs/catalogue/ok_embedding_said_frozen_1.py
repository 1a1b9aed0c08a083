# label: ok
# category: embedding-said-frozen
# rule: FRZ122
# truth: the argument says it: the vectors are meant to stay
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, table, freeze=True):
        super().__init__()
        self.emb = nn.Embedding.from_pretrained(table, freeze=freeze)
        self.pos = nn.Embedding.from_pretrained(table, True)
        self.out = nn.Linear(4, 1)

    def forward(self, ids):
        return self.out(self.emb(ids) + self.pos(ids))


net = Net(torch.randn(7, 4))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.tensor([1, 2])).sum().backward()
    optimizer.step()
