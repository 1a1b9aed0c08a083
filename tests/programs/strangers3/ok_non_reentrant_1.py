# label: ok
# category: non-reentrant
# rule: FRZ406
# truth: checkpointing behind a frozen embedding with use_reentrant=False: the blocks get gradients
import functools
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Encoder(nn.Module):
    def __init__(self, d=6, n=2):
        super().__init__()
        self.embed = nn.Embedding(12, d)
        self.blocks = nn.ModuleList(nn.Sequential(nn.Linear(d, d), nn.GELU()) for _ in range(n))
        self.head = nn.Linear(d, 2)
        self._ckpt = functools.partial(checkpoint, use_reentrant=False)

    def forward(self, ids):
        x = self.embed(ids)
        for b in self.blocks:
            x = self._ckpt(b, x)
        return self.head(x.mean(1))


model = Encoder()
model.embed.weight.requires_grad_(False)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 12, (4, 5))), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
