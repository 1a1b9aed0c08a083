# label: ok
# category: lora-freeze-by-name
# rule: FRZ503, FRZ114
# truth: after the hand-written LoRA injection everything is frozen except names with lora_ and the head
import math
import torch
from torch import nn


class LoRALinear(nn.Linear):
    def __init__(self, a, b, r=2):
        super().__init__(a, b)
        self.lora_A = nn.Parameter(torch.empty(r, a))
        self.lora_B = nn.Parameter(torch.zeros(b, r))
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))

    def forward(self, x):
        return super().forward(x) + x @ self.lora_A.t() @ self.lora_B.t()


def inject(module, r=2):
    for name, child in module.named_children():
        if type(child) is nn.Linear and name in ("q", "v"):
            new = LoRALinear(child.in_features, child.out_features, r)
            new.load_state_dict(child.state_dict(), strict=False)
            setattr(module, name, new)
        else:
            inject(child, r)


def mark_only_lora_as_trainable(model, extra=("head",)):
    for n, p in model.named_parameters():
        p.requires_grad = "lora_" in n or any(n.startswith(e) for e in extra)


class Attn(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q, self.k, self.v = nn.Linear(d, d), nn.Linear(d, d), nn.Linear(d, d)

    def forward(self, x):
        return (self.q(x) @ self.k(x).transpose(1, 2)).softmax(-1) @ self.v(x)


class Model(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.attn = Attn(d)
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        return self.head(self.attn(x).mean(1))


model = Model()
inject(model)
mark_only_lora_as_trainable(model)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 3, 6)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
