# label: ok
# category: decay-groups-of-trainable-parameters
# rule: FRZ201, FRZ207, FRZ205
# truth: clean; emb.* stay still, fc1.* and norm.* and fc2.* move
import torch
from torch import nn


class Text(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(30, 8)
        self.fc1 = nn.Linear(8, 8)
        self.norm = nn.LayerNorm(8)
        self.fc2 = nn.Linear(8, 2)

    def forward(self, ids):
        return self.fc2(self.norm(self.fc1(self.emb(ids).mean(1))).relu())


def param_groups_weight_decay(model, weight_decay=1e-2, no_decay=("bias", "norm.weight")):
    decay, skip = [], []
    for name, param in model.named_parameters():
        if not param.requires_grad:
            continue
        (skip if name.endswith(no_decay) else decay).append(param)
    return [{"params": skip, "weight_decay": 0.0}, {"params": decay, "weight_decay": weight_decay}]


torch.manual_seed(0)
text = Text()
text.emb.weight.requires_grad_(False)
groups = param_groups_weight_decay(text)
optimizer = torch.optim.AdamW(groups, lr=1e-2)
assert sum(len(g["params"]) for g in optimizer.param_groups) == 6
for _ in range(3):
    ids = torch.randint(0, 30, (8, 5))
    optimizer.zero_grad()
    nn.functional.cross_entropy(text(ids), ids[:, 0] % 2).backward()
    optimizer.step()
