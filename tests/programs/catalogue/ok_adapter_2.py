# label: ok
# category: freeze-by-name
# rule: FRZ503
# truth: clean; lora_A and lora_B of fc1 train
import torch
from peft import LoraConfig, get_peft_model
from torch import nn


class Tower(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(5, 8)
        self.fc2 = nn.Linear(8, 4)

    def forward(self, x):
        return self.fc2(self.fc1(x).relu())


torch.manual_seed(0)
tower = get_peft_model(Tower(), LoraConfig(r=2, target_modules=["fc1"]))
for name, param in tower.named_parameters():
    if "lora" not in name:
        param.requires_grad = False
optimizer = torch.optim.AdamW([p for p in tower.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    optimizer.zero_grad()
    tower(torch.randn(6, 5)).pow(2).mean().backward()
    optimizer.step()
