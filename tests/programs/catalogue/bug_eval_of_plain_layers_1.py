# label: bug
# category: eval-of-plain-layers
# rule: FRZ116
# line: 24
# truth: the embedding has no layer that depends on the mode: eval() does nothing at all, and it trains
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, words=20, tags=4):
        super().__init__()
        self.embedding = nn.Embedding(words, 8)
        self.out = nn.Linear(8, tags)

    def forward(self, ids):
        return self.out(self.embedding(ids))


net = Tagger()
start = net.embedding.weight.detach().clone()
adam = torch.optim.Adam(net.parameters(), lr=0.01)
net.train()
net.embedding.eval()
for _ in range(3):
    ids = torch.randint(0, 20, (6,))
    loss = nn.functional.cross_entropy(net(ids), ids % 4)
    adam.zero_grad()
    loss.backward()
    adam.step()
