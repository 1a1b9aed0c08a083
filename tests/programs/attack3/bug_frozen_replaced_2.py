# label: bug
# category: frozen-replaced
# rule: FRZ115
# line: 33
# truth: the frozen text encoder is overwritten with another one afterwards; that one is trainable and is trained
import torch
from torch import nn


class TextEncoder(nn.Module):
    def __init__(self, vocab=16, dim=6):
        super().__init__()
        self.tok = nn.Embedding(vocab, dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, ids):
        return self.out(self.tok(ids)).mean(1)


class Pipeline(nn.Module):
    def __init__(self):
        super().__init__()
        self.text_encoder = TextEncoder()
        self.unet = nn.Sequential(nn.Linear(4 + 6, 16), nn.SiLU(), nn.Linear(16, 4))

    def forward(self, z, ids):
        return self.unet(torch.cat([z, self.text_encoder(ids)], -1))


def prepare(pipe, new_vocab=None):
    pipe.text_encoder.requires_grad_(False)
    if new_vocab:
        pipe.text_encoder = TextEncoder(vocab=new_vocab)
    return pipe


pipe = prepare(Pipeline(), new_vocab=24)
opt = torch.optim.AdamW([p for p in pipe.parameters() if p.requires_grad], lr=1e-3)
for step in range(3):
    latents, ids = torch.randn(4, 4), torch.randint(0, 24, (4, 5))
    noise = torch.randn_like(latents)
    loss = nn.functional.mse_loss(pipe(latents + noise, ids), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
