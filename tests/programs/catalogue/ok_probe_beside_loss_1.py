# label: ok
# category: probe-beside-loss
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; backbone.*, proj.* and probe.* move, the probe alone is given detached features
"""Linear probe beside self-supervised loss: the probe gets detached features."""
import torch
from torch import nn
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone, self.proj, self.probe = nn.Linear(6, 8), nn.Linear(8, 4), nn.Linear(8, 3)
    def forward(self, x):
        f = self.backbone(x)
        return self.proj(f), self.probe(f.detach())
    def training_step(self, x, y):
        z, logits = self(x)
        losses = {"ssl": -z.var(0).mean(), "probe": nn.functional.cross_entropy(logits, y)}
        return sum(losses.values())
m = Model()
opt = torch.optim.Adam(m.parameters())
for i in range(3):
    loss = m.training_step(torch.randn(4, 6), torch.randint(0, 3, (4,)))
    opt.zero_grad(); loss.backward(); opt.step()
