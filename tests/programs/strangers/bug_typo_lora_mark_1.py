# label: bug
# category: typo-lora-mark
# rule: FRZ102
# line: 40
# truth: the attribute is spelt requires_grads: the base weights of the LoRA layers stay trainable and move
import math

import torch
from torch import nn


class LoRALinear(nn.Linear):
    def __init__(self, in_features, out_features, r=2, alpha=4, dropout=0.0):
        super().__init__(in_features, out_features)
        self.lora_A = nn.Parameter(torch.zeros(r, in_features))
        self.lora_B = nn.Parameter(torch.zeros(out_features, r))
        self.scaling = alpha / r
        self.drop = nn.Dropout(dropout)
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))

    def forward(self, x):
        out = nn.functional.linear(x, self.weight, self.bias)
        return out + self.drop(x) @ self.lora_A.t() @ self.lora_B.t() * self.scaling


def inject(model, targets, r=2):
    for name, child in list(model.named_children()):
        if isinstance(child, nn.Linear) and name in targets:
            new = LoRALinear(child.in_features, child.out_features, r)
            new.weight, new.bias = child.weight, child.bias
            setattr(model, name, new)
        else:
            inject(child, targets, r)
    return model


def mark_only_lora_as_trainable(model, bias="none"):
    for n, p in model.named_parameters():
        if "lora_" not in n:
            p.requires_grads = False
    if bias == "all":
        for n, p in model.named_parameters():
            if n.endswith("bias"):
                p.requires_grad = True


class Attention(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q_proj, self.k_proj = nn.Linear(d, d), nn.Linear(d, d)
        self.v_proj, self.o_proj = nn.Linear(d, d), nn.Linear(d, d)

    def forward(self, x):
        q, k, v = self.q_proj(x), self.k_proj(x), self.v_proj(x)
        return self.o_proj(torch.softmax(q @ k.transpose(1, 2) / q.size(-1) ** 0.5, -1) @ v)


class TinyLM(nn.Module):
    def __init__(self, vocab=11, d=8, depth=2):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.layers = nn.ModuleList(Attention(d) for _ in range(depth))
        self.lm_head = nn.Linear(d, vocab)

    def forward(self, ids):
        h = self.wte(ids)
        for layer in self.layers:
            h = h + layer(h)
        return self.lm_head(h)


if __name__ == "__main__":
    torch.manual_seed(0)
    lm = inject(TinyLM(), {"q_proj", "v_proj"})
    mark_only_lora_as_trainable(lm)
    optim = torch.optim.AdamW((p for p in lm.parameters() if p.requires_grad), lr=1e-2)
    for step in range(3):
        ids = torch.randint(0, 11, (2, 6))
        logits = lm(ids[:, :-1])
        loss = nn.functional.cross_entropy(logits.reshape(-1, 11), ids[:, 1:].reshape(-1))
        optim.zero_grad()
        loss.backward()
        optim.step()
