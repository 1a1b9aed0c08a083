# label: bug
# category: option-ignored
# rule: FRZ118
# line: models/unet.py:14
# truth: the factory takes freeze_encoder and never reads it: the encoder trains with freeze_encoder=True
import torch
from torch import nn
from models import create_model

hparams = {"arch": "unet_small", "freeze_encoder": True, "in_ch": 1, "classes": 2, "lr": 0.05}

model = create_model(hparams["arch"], in_ch=hparams["in_ch"], classes=hparams["classes"], freeze_encoder=hparams["freeze_encoder"])
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=hparams["lr"])
for epoch in range(2):
    model.train()
    for _ in range(2):
        x, y = torch.randn(2, 1, 6, 6), torch.randint(0, 2, (2, 6, 6))
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
