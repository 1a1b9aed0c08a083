# label: ok
# category: fine-tune-by-name-patterns
# rule: FRZ201, FRZ111, FRZ113
# truth: clean; embed* and *layer0.* and *layer1.*.weight stay still, *layer1.*.bias and *layer2.* and pooler.* move
"""BERT-style: last layer, pooler and the biases of the layer below are tuned."""
import torch
from torch import nn

CONFIG = {
    "unfreeze": ["encoder.layer2.", "pooler."],
    "unfreeze_suffix": {"encoder.layer1.": ".bias"},
    "lr": {"encoder": 1e-3, "pooler": 1e-2},
}


class Bert(nn.Module):
    def __init__(self, vocab=30, d=8):
        super().__init__()
        self.embeddings = nn.Embedding(vocab, d)
        self.encoder = nn.ModuleDict()
        for i in range(3):
            self.encoder[f"layer{i}"] = nn.Sequential(nn.Linear(d, d), nn.GELU(), nn.LayerNorm(d))
        self.pooler = nn.Linear(d, 2)

    def forward(self, ids):
        h = self.embeddings(ids)
        for layer in self.encoder.values():
            h = h + layer(h)
        return self.pooler(h[:, 0])


bert = Bert()
for name, param in bert.named_parameters():
    chosen = any(name.startswith(prefix) for prefix in CONFIG["unfreeze"])
    for prefix, suffix in CONFIG["unfreeze_suffix"].items():
        chosen = chosen or (name.startswith(prefix) and name.endswith(suffix))
    param.requires_grad = chosen

groups = []
for part, lr in CONFIG["lr"].items():
    chosen = [p for n, p in bert.named_parameters() if n.split(".")[0] == part and p.requires_grad]
    groups.append({"params": chosen, "lr": lr})
optimizer = torch.optim.AdamW(groups)
for _ in range(3):
    ids = torch.randint(0, 30, (6, 4))
    optimizer.zero_grad()
    nn.functional.cross_entropy(bert(ids), ids[:, 1] % 2).backward()
    optimizer.step()
