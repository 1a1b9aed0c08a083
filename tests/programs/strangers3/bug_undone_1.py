# label: bug
# category: undone
# rule: FRZ114
# line: 49
# truth: the LoRA setup freezes the base, then the resume helper switches every parameter back on before the optimizer is made
import argparse
import math
import os
import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, r=2, alpha=4):
        super().__init__()
        self.base = base
        self.A = nn.Parameter(torch.empty(r, base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, r))
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5))
        self.scale = alpha / r

    def forward(self, x):
        return self.base(x) + (x @ self.A.t() @ self.B.t()) * self.scale


class Model(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.q = nn.Linear(d, d)
        self.v = nn.Linear(d, d)
        self.out = nn.Linear(d, 2)

    def forward(self, x):
        return self.out(torch.tanh(self.q(x)) * self.v(x))


def inject_lora(model):
    for p in model.parameters():
        p.requires_grad = False
    model.q = LoRALinear(model.q)
    model.v = LoRALinear(model.v)
    return model


def resume(model, path):
    if path and os.path.exists(path):
        model.load_state_dict(torch.load(path))
    for p in model.parameters():
        p.requires_grad_(True)
    return model


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--resume", default="")
    args = ap.parse_args()
    model = inject_lora(Model())
    model = resume(model, args.resume)
    opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


model = main()
