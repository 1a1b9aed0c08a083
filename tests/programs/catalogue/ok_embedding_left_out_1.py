# label: ok
# category: embedding-left-out
# rule: FRZ122
# truth: the optimizer is given what requires grad: the code knows that the vectors are frozen
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.emb = nn.Embedding.from_pretrained(table)
        self.out = nn.Linear(4, 1)

    def forward(self, ids):
        return self.out(self.emb(ids))


net = Net(torch.randn(7, 4))
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.tensor([1, 2])).pow(2).sum().backward()
    optimizer.step()
