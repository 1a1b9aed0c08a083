# label: ok
# category: grad-none
# rule: FRZ208
# truth: gradients of the last layer are set to None for the first steps (as in DINO): the optimizer skips it
import torch
from torch import nn


class DINOHead(nn.Module):
    def __init__(self, d=6, out=8):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(d, d), nn.GELU())
        self.last_layer = nn.Linear(d, out, bias=False)

    def forward(self, x):
        return self.last_layer(nn.functional.normalize(self.mlp(x), dim=-1))


def cancel_gradients_last_layer(epoch, model, freeze_last_layer):
    if epoch >= freeze_last_layer:
        return
    for n, p in model.named_parameters():
        if "last_layer" in n:
            p.grad = None


head = DINOHead()
optimizer = torch.optim.AdamW(head.parameters(), lr=1e-2, weight_decay=0.1)
snap = []
for epoch in range(2):
    for _ in range(2):
        loss = head(torch.randn(4, 6)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        cancel_gradients_last_layer(epoch, head, freeze_last_layer=1)
        optimizer.step()
    snap.append(head.last_layer.weight.detach().clone())
