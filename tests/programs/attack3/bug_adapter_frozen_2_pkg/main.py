# label: bug
# category: adapter-frozen
# rule: FRZ503
# line: main.py:15
# truth: backbone.requires_grad_(False) comes after the LoRA layers were injected and freezes them; they never move
import torch
from lora import inject_lora
from net import Backbone
from torch import nn

torch.manual_seed(0)
backbone = Backbone()
n = inject_lora(backbone, rank=2)
print("injected", n)
backbone.requires_grad_(False)
head = nn.Linear(8, 3)
params = [p for m in (backbone, head) for p in m.parameters() if p.requires_grad]
opt = torch.optim.AdamW(params, lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(head(backbone(torch.randn(4, 6))), torch.randint(0, 3, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
