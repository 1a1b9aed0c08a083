# label: bug
# category: undone
# rule: FRZ114
# line: 25
# truth: re-wrapping the frozen positional table in nn.Parameter makes it trainable again
import torch
import torch.nn as nn


class PosTransformer(nn.Module):
    def __init__(self, n=6, d=8):
        super().__init__()
        self.tok = nn.Linear(4, d)
        self.pos_embed = nn.Parameter(torch.randn(1, n, d) * 0.02)
        self.mix = nn.Linear(d, d)
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        return self.head(self.mix(self.tok(x) + self.pos_embed).mean(1))


def interpolate_pos_embed(model, new_len):
    old = model.pos_embed.data.transpose(1, 2)
    new = nn.functional.interpolate(old, size=new_len, mode="linear").transpose(1, 2)
    model.pos_embed = nn.Parameter(new)


model = PosTransformer()
model.pos_embed.requires_grad = False
interpolate_pos_embed(model, 10)

no_decay = [p for n, p in model.named_parameters() if n.endswith("bias") and p.requires_grad]
decay = [p for n, p in model.named_parameters() if not n.endswith("bias") and p.requires_grad]
optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.05}, {"params": no_decay, "weight_decay": 0.0}], lr=1e-2)
for step in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 10, 4)), torch.tensor([0, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
