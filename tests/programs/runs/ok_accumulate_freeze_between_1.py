# label: ok
# category: freeze-at-a-boundary
# rule: FRZ202
# truth: the encoder is frozen right after its gradients were dropped, and stands still from then on
import torch
from torch import nn

torch.manual_seed(3)
encoder, decoder = nn.Linear(6, 24), nn.Linear(24, 6)
optimizer = torch.optim.AdamW([*encoder.parameters(), *decoder.parameters()], lr=5e-3)
scaler = torch.amp.GradScaler("cpu", enabled=False)
at_freeze = None
for micro in range(12):
    x = torch.randn(8, 6)
    scaler.scale((decoder(encoder(x).relu()) - x).pow(2).mean() / 2).backward()
    if micro % 2:
        scaler.step(optimizer)
        scaler.update()
        optimizer.zero_grad()
        if micro == 5:
            encoder.requires_grad_(False)
            at_freeze = encoder.weight.detach().clone()
