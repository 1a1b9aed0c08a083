# label: ok
# category: no-grad-forward-without-parameters
# rule: FRZ403, FRZ402
# truth: clean; qkv.* and out.* move
import torch
from torch import nn


class RotaryEmbedding(nn.Module):
    def __init__(self, dim, base=10000):
        super().__init__()
        self.register_buffer("inv_freq", 1.0 / base ** (torch.arange(0, dim, 2).float() / dim), persistent=False)

    @torch.no_grad()
    def forward(self, x):
        t = torch.arange(x.shape[1]).float()
        freqs = torch.outer(t, self.inv_freq)
        emb = torch.cat((freqs, freqs), dim=-1)
        return emb.cos(), emb.sin()


def rotate(x, cos, sin):
    a, b = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-b, a), dim=-1) * sin


class Attention(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.qkv, self.out = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d)
        self.rotary = RotaryEmbedding(d)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        cos, sin = self.rotary(x)
        w = (rotate(q, cos, sin) @ rotate(k, cos, sin).transpose(1, 2)).softmax(-1)
        return self.out(w @ v)


attn = Attention()
optimizer = torch.optim.AdamW(attn.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(2, 5, 8)
    loss = (attn(x) - x.flip(1)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
