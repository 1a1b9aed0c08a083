# label: ok
# category: freeze-undone
# rule: FRZ114
# truth: after freezing everything only norms and biases are switched on again, which is what BitFit-like tuning wants
import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, 2, batch_first=True)
        self.norm = nn.LayerNorm(d)
        self.ff = nn.Linear(d, d)

    def forward(self, x):
        x = x + self.attn(x, x, x, need_weights=False)[0]
        return x + self.ff(self.norm(x))


class Encoder(nn.Module):
    def __init__(self, d=8, n=2):
        super().__init__()
        self.layers = nn.ModuleList(Layer(d) for _ in range(n))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


enc = Encoder()
enc.requires_grad_(False)
for m in enc.modules():
    if isinstance(m, nn.LayerNorm):
        m.requires_grad_(True)
for name, p in enc.named_parameters():
    if name.endswith("ff.bias"):
        p.requires_grad = True

opt = torch.optim.Adam([p for p in enc.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    opt.zero_grad()
    (enc(torch.randn(2, 3, 8)) - 1).pow(2).mean().backward()
    opt.step()
