# label: bug
# category: ema-loop-touches-frozen
# rule: FRZ307
# line: 48
# truth: the hand-written weight decay runs over all parameters: the frozen tokenizer's weights shrink
import torch
from torch import nn
from torch.nn import functional as F


class Tokenizer(nn.Module):
    def __init__(self, dim=4, codes=8):
        super().__init__()
        self.enc = nn.Linear(6, dim)
        self.codebook = nn.Embedding(codes, dim)

    @torch.no_grad()
    def forward(self, x):
        z = self.enc(x)
        return torch.cdist(z, self.codebook.weight).argmin(-1)


class Prior(nn.Module):
    def __init__(self, codes=8, dim=8):
        super().__init__()
        self.emb = nn.Embedding(codes, dim)
        self.gru = nn.GRU(dim, dim, batch_first=True)
        self.out = nn.Linear(dim, codes)

    def forward(self, t):
        return self.out(self.gru(self.emb(t))[0])


class Stage2(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokenizer = Tokenizer().requires_grad_(False)
        self.prior = Prior()

    def forward(self, x):
        t = self.tokenizer(x)
        return F.cross_entropy(self.prior(t[:, :-1]).flatten(0, 1), t[:, 1:].flatten())


def decoupled_decay(model, lr, wd):
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(1 - lr * wd)


torch.manual_seed(0)
stage2 = Stage2()
lr = 1e-2
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, stage2.parameters()), lr=lr)
for step in range(3):
    loss = stage2(torch.randn(4, 7, 6))
    optimizer.zero_grad()
    loss.backward()
    decoupled_decay(stage2, lr, 0.1)
    optimizer.step()
