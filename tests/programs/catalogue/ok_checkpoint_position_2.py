# label: ok
# category: checkpoint-position
# rule: FRZ406
# truth: clean; patch.* stays still, pos and layers.* and out.* move, for the position embedding requires grad
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Vit(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.patch = nn.Linear(12, d)
        self.pos = nn.Parameter(torch.zeros(1, 5, d))
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(2)])
        self.out = nn.Linear(d, 2)

    def forward(self, x):
        x = self.patch(x) + self.pos
        for layer in self.layers:
            x = checkpoint(layer, x, use_reentrant=True)
        return self.out(x.mean(1))


model = Vit()
model.patch.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(2, 5, 12)), torch.tensor([0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
