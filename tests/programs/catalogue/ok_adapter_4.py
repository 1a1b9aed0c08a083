# label: ok
# category: frozen-for-evaluation
# rule: FRZ503
# truth: clean; the adapters are trained, and frozen when all is done
import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, linear, rank=2):
        super().__init__()
        self.linear = linear
        self.linear.requires_grad_(False)
        self.lora_A = nn.Parameter(torch.randn(rank, linear.in_features) * 0.1)
        self.lora_B = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, x):
        return self.linear(x) + x @ self.lora_A.T @ self.lora_B.T


torch.manual_seed(0)
net = nn.Sequential(LoRALinear(nn.Linear(4, 8)), nn.ReLU(), LoRALinear(nn.Linear(8, 2)))
optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(4):
    x = torch.randn(8, 4)
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), (x[:, 0] > 0).long()).backward()
    optimizer.step()
net.eval()
for p in net.parameters():
    p.requires_grad = False
with torch.no_grad():
    print(net(torch.randn(3, 4)).argmax(1))
