# label: ok
# category: freeze-old-then-build
# rule: FRZ124
# truth: self.parameters() is frozen after the parent class built its layers and before the new ones: exactly the old part is frozen
import torch
from torch import nn


class Pretrained(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.embed = nn.Linear(4, d)
        self.mix = nn.Linear(d, d)

    def features(self, x):
        return torch.relu(self.mix(torch.relu(self.embed(x))))


class WithAdapter(Pretrained):
    def __init__(self, d=8, r=2, classes=3):
        super().__init__(d)
        for p in self.parameters():
            p.requires_grad = False
        self.down = nn.Linear(d, r)
        self.up = nn.Linear(r, d)
        self.head = nn.Linear(d, classes)

    def forward(self, x):
        h = self.features(x)
        return self.head(h + self.up(torch.relu(self.down(h))))


model = WithAdapter()
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 3, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
