# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: a general helper leaves norms and biases alone where there are any; this net has none, the body is frozen
import torch
from torch import nn


def freeze_weights(module):
    for name, p in module.named_parameters():
        if "norm" in name or name.endswith("bias"):
            continue
        p.requires_grad = False


def decay_groups(model):
    skip = ["bias", "LayerNorm.weight"]
    decay = [p for n, p in model.named_parameters() if p.requires_grad and not any(s in n for s in skip)]
    rest = [p for n, p in model.named_parameters() if p.requires_grad and any(s in n for s in skip)]
    return [{"params": decay, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0.0}]


model = nn.Sequential()
model.add_module("body", nn.Linear(4, 4, bias=False))
model.add_module("top", nn.Linear(4, 2, bias=False))
freeze_weights(model.body)
optimizer = torch.optim.AdamW(decay_groups(model), lr=1e-3)
model(torch.randn(3, 4)).sum().backward()
optimizer.step()
print({n: p.requires_grad for n, p in model.named_parameters()})
