# label: ok
# category: no-grad-frozen-only
# rule: FRZ401, FRZ402
# truth: no_grad covers only the frozen towers; the trainable projections are outside
import contextlib
import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, d_in, d=8):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(d_in, d), nn.GELU(), nn.LayerNorm(d))

    def forward(self, x):
        return self.body(x)


class LiT(nn.Module):
    def __init__(self, lock_image=True):
        super().__init__()
        self.visual, self.textual = Tower(10), Tower(6)
        self.proj_v, self.proj_t = nn.Linear(8, 4), nn.Linear(8, 4)
        self.lock_image = lock_image
        if lock_image:
            self.visual.requires_grad_(False)

    def encode_image(self, x):
        ctx = torch.no_grad() if self.lock_image else contextlib.nullcontext()
        with ctx:
            h = self.visual(x)
        return self.proj_v(h)

    def forward(self, img, txt):
        v = nn.functional.normalize(self.encode_image(img), dim=-1)
        t = nn.functional.normalize(self.proj_t(self.textual(txt)), dim=-1)
        return v @ t.t() * 10


model = LiT()
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    logits = model(torch.randn(5, 10), torch.randn(5, 6))
    loss = nn.functional.cross_entropy(logits, torch.arange(5))
    opt.zero_grad()
    loss.backward()
    opt.step()
