# label: ok
# category: grads-enabled-on-frozen-embeddings
# rule: FRZ407, FRZ406, FRZ108
# truth: clean; embed.* stay still, blocks.* and head.* move
"""enable_input_require_grads by hand: checkpointed blocks get gradients though the embedding is frozen."""
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Lm(nn.Module):
    def __init__(self, vocab=30, d=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.ModuleList(nn.Sequential(nn.Linear(d, d), nn.GELU()) for _ in range(2))
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        h = self.embed(ids)
        for block in self.blocks:
            h = h + checkpoint(block, h, use_reentrant=True)
        return self.head(h)


def make_inputs_require_grads(module, args, output):
    output.requires_grad_(True)


lm = Lm()
lm.embed.requires_grad_(False)
handle = lm.embed.register_forward_hook(make_inputs_require_grads)
optimizer = torch.optim.AdamW([p for p in lm.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    ids = torch.randint(0, 30, (4, 6))
    loss = nn.functional.cross_entropy(lm(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
handle.remove()
