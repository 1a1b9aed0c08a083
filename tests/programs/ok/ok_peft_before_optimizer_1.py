# label: ok
# category: peft-before-optimizer
# rule: FRZ204,FRZ206,FRZ201
# truth: clean
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
for p in base.parameters():
    p.requires_grad = False
peft_model = get_peft_model(base, LoraConfig(r=2, lora_dropout=0.1, target_modules=["fc1", "fc2"]))
peft_model.print_trainable_parameters()
optimizer = torch.optim.AdamW((p for p in peft_model.parameters() if p.requires_grad), lr=1e-2)
for _ in range(3):
    peft_model.train()
    optimizer.zero_grad()
    nn.functional.cross_entropy(peft_model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1])).backward()
    optimizer.step()
