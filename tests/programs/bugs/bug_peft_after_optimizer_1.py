# label: bug
# category: peft-after-optimizer
# rule: FRZ204
# line: 22
# truth: the LoRA matrices are made after the optimizer: they are in no group and stand still
import torch
from peft import LoraConfig, get_peft_model
from torch import nn


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.fc2(self.fc1(x).relu())


base = Mlp()
optimizer = torch.optim.AdamW(base.parameters(), lr=1e-2)
peft_model = get_peft_model(base, LoraConfig(r=2, target_modules=["fc1", "fc2"]))
for _ in range(3):
    optimizer.zero_grad()
    nn.functional.cross_entropy(peft_model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1])).backward()
    optimizer.step()
