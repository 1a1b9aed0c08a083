# label: ok
# category: parameter-attrs
# rule: FRZ101
# truth: cls_token, pos_embed and logit_scale are parameters of a base class in another file: setting their flag freezes them
import torch
from torch import nn
from models import build_vit

cfg = {"name": "vit_pico", "drop_path": 0.0, "freeze_tokens": True, "num_classes": 3}
model = build_vit(**cfg)
opt = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3, weight_decay=0.05)
for epoch in range(2):
    model.train()
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(2, 4, 12)), torch.randint(0, 3, (2,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
