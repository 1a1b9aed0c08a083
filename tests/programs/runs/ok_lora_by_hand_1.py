# label: ok
# category: own-adapter-after-the-freeze
# rule: FRZ503
# truth: the adapters are put in after the freeze, are held and move
import torch
from torch import nn


class LoraLinear(nn.Module):
    def __init__(self, inner, rank=2):
        super().__init__()
        self.inner = inner
        self.lora_A = nn.Parameter(torch.randn(rank, inner.in_features))
        self.lora_B = nn.Parameter(torch.randn(inner.out_features, rank) * 0.01)

    def forward(self, x):
        return self.inner(x) + x @ self.lora_A.t() @ self.lora_B.t()


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 2))
model.requires_grad_(False)
for index in (0, 2):
    model[index] = LoraLinear(model[index])
trainable = [p for n, p in model.named_parameters() if "lora_" in n]
optimizer = torch.optim.Adam(trainable, lr=1e-2)
start = model[0].lora_B.detach().clone()
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 2, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
