# label: bug
# category: embedding-option
# rule: FRZ122
# line: 14
# truth: with vectors given the embedding is loaded and silently frozen, without them it is a new one that trains
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, size, dim, vectors=None):
        super().__init__()
        if vectors is not None:
            self.emb = nn.Embedding.from_pretrained(torch.as_tensor(vectors))
        else:
            self.emb = nn.Embedding(size, dim)
        self.out = nn.Linear(dim, 3)

    def forward(self, ids):
        return self.out(self.emb(ids))


def fit(net, lr=0.1):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(2):
        opt.zero_grad()
        net(torch.randint(0, 9, (5,))).pow(2).mean().backward()
        opt.step()


net = Tagger(9, 4, vectors=torch.randn(9, 4))
fit(net)
