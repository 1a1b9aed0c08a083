# label: bug
# category: adapter-frozen-with-base
# rule: FRZ503
# line: 37
# truth: the four adapter matrices require no gradient; only score.* move
import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank=2):
        super().__init__()
        self.base = base
        self.lora_A = nn.Parameter(torch.randn(rank, base.in_features) * 0.1)
        self.lora_B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.lora_A.T @ self.lora_B.T


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(6, 6)
        self.value = nn.Linear(6, 6)
        self.score = nn.Linear(6, 2)

    def forward(self, x):
        return self.score(self.query(x).sigmoid() * self.value(x))


torch.manual_seed(0)
model = Net()
model.query = LoRALinear(model.query)
model.value = LoRALinear(model.value)
for p in model.parameters():
    p.requires_grad = False
for p in model.score.parameters():
    p.requires_grad = True
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    x = torch.randn(8, 6)
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), (x[:, 0] > 0).long()).backward()
    optimizer.step()
