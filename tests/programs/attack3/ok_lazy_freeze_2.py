# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: the generator function freezes while sum() draws from it; the text tower stays
import torch
from torch import nn


class TwoTower(nn.Module):
    def __init__(self):
        super().__init__()
        self.text = nn.EmbeddingBag(30, 8)
        self.image = nn.Linear(10, 8)
        self.logit_scale = nn.Parameter(torch.tensor(1.0))

    def forward(self, t, i):
        a, b = nn.functional.normalize(self.text(t), dim=-1), nn.functional.normalize(self.image(i), dim=-1)
        return self.logit_scale.exp() * a @ b.t()


def lock(module):
    """Locks a tower, yielding every parameter that it locked."""
    for p in module.parameters():
        p.requires_grad = False
        yield p


torch.manual_seed(0)
model = TwoTower()
locked = sum(p.numel() for p in lock(model.text))
print(f"locked {locked} weights")
trainable = [p for p in model.parameters() if p.requires_grad]
opt = torch.optim.AdamW(trainable, lr=1e-2)
for _ in range(3):
    sim = model(torch.randint(0, 30, (4, 3)), torch.randn(4, 10))
    loss = nn.functional.cross_entropy(sim, torch.arange(4))
    opt.zero_grad(); loss.backward(); opt.step()
