# label: bug
# category: freeze-with-gradients-left
# rule: FRZ202
# line: 29
# truth: the encoder is frozen while zero gradients are kept; AdamW goes on moving it
import torch
from torch import nn

torch.manual_seed(3)
encoder = nn.Sequential(nn.Linear(6, 24), nn.ReLU())
decoder = nn.Linear(24, 6)
params = list(encoder.parameters()) + list(decoder.parameters())
optimizer = torch.optim.AdamW(params, lr=5e-3, weight_decay=0.01)
ACCUM = 2
WARM = 2
step = 0
at_freeze = None
for micro in range(12):
    x = torch.randn(8, 6)
    loss = (decoder(encoder(x)) - x).pow(2).mean() / ACCUM
    loss.backward()
    if (micro + 1) % ACCUM:
        continue
    optimizer.step()
    optimizer.zero_grad(set_to_none=False)
    step += 1
    if step == WARM:
        for p in encoder.parameters():
            p.requires_grad = False
        at_freeze = encoder[0].weight.detach().clone()
