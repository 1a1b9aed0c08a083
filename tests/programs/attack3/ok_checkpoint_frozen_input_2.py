# label: ok
# category: checkpoint-frozen-input
# rule: FRZ406
# truth: a hook lets the frozen embedding's output require grad, so reentrant checkpointing works; the blocks move
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Encoder(nn.Module):
    def __init__(self, v=14, d=8):
        super().__init__()
        self.embed_tokens = nn.Embedding(v, d)
        self.blocks = nn.ModuleList([nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.GELU()) for _ in range(2)])
        self.score = nn.Linear(d, 2)

    def enable_input_require_grads(self):
        def make_inputs_require_grads(module, inputs, output):
            output.requires_grad_(True)
        self._hook = self.embed_tokens.register_forward_hook(make_inputs_require_grads)

    def forward(self, ids):
        h = self.embed_tokens(ids)
        for b in self.blocks:
            h = h + checkpoint(b, h, use_reentrant=True)
        return self.score(h.mean(1))


enc = Encoder()
enc.embed_tokens.requires_grad_(False)
enc.enable_input_require_grads()
opt = torch.optim.AdamW([p for p in enc.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(enc(torch.randint(0, 14, (4, 5))), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
