# label: bug
# category: adapter-frozen-with-base
# rule: FRZ503
# line: 24
# truth: no parameter of the adapted tower requires a gradient
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
tower = get_peft_model(Tower(), LoraConfig(r=2, target_modules=["fc1", "fc2"]))
for param in tower.parameters():
    param.requires_grad = False
head = nn.Linear(4, 2)
trainable = [p for p in [*tower.parameters(), *head.parameters()] if p.requires_grad]
optimizer = torch.optim.AdamW(trainable, lr=1e-3)
for _ in range(2):
    x = torch.randn(6, 5)
    optimizer.zero_grad()
    nn.functional.cross_entropy(head(tower(x)), (x[:, 0] > 0).long()).backward()
    optimizer.step()
