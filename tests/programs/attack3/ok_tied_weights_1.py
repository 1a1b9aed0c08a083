# label: ok
# category: tied-weights
# rule: FRZ123
# truth: the whole language model is frozen on purpose, tied head and all; the soft prompt trains
import torch
from torch import nn


class LM(nn.Module):
    def __init__(self, v=18, d=8):
        super().__init__()
        self.tok = nn.Embedding(v, d)
        self.mix = nn.GRU(d, d, batch_first=True)
        self.head = nn.Linear(d, v, bias=False)
        self.head.weight = self.tok.weight

    def forward(self, embeds):
        return self.head(self.mix(embeds)[0])


class SoftPrompt(nn.Module):
    def __init__(self, lm, n=3):
        super().__init__()
        self.lm = lm
        self.prompt = nn.Parameter(torch.randn(n, lm.tok.embedding_dim) * 0.02)
        for p in self.lm.parameters():
            p.requires_grad = False

    def forward(self, ids):
        x = self.lm.tok(ids)
        prompt = self.prompt.expand(len(ids), -1, -1)
        return self.lm(torch.cat([prompt, x], 1))[:, self.prompt.size(0):]


model = SoftPrompt(LM())
opt = torch.optim.Adam([model.prompt], lr=0.1)
for _ in range(3):
    ids = torch.randint(0, 18, (2, 5))
    loss = nn.functional.cross_entropy(model(ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
