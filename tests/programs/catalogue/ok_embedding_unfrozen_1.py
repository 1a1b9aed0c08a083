# label: ok
# category: embedding-unfrozen
# rule: FRZ122
# truth: the flag is set right after the loading, and the vectors move
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.emb = nn.Embedding.from_pretrained(table.clone())
        self.emb.weight.requires_grad = True
        self.out = nn.Linear(4, 1)

    def forward(self, ids):
        return self.out(self.emb(ids))


table = torch.randn(7, 4)
net = Net(table)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.tensor([1, 2])).pow(2).sum().backward()
    optimizer.step()
