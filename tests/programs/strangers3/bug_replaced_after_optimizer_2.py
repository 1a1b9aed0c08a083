# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 51
# truth: LoRA layers are injected after the optimizer was built from the trainable parameters: A and B are in no optimizer
import torch
import torch.nn as nn


class LoRALayer(nn.Module):
    def __init__(self, linear, rank=2):
        super().__init__()
        self.linear = linear
        self.linear.requires_grad_(False)
        self.lora_a = nn.Linear(linear.in_features, rank, bias=False)
        self.lora_b = nn.Linear(rank, linear.out_features, bias=False)

    def forward(self, x):
        return self.linear(x) + self.lora_b(self.lora_a(x))


class Attention(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q_proj = nn.Linear(d, d)
        self.k_proj = nn.Linear(d, d)
        self.v_proj = nn.Linear(d, d)

    def forward(self, x):
        a = (self.q_proj(x) @ self.k_proj(x).transpose(-1, -2)).softmax(-1)
        return a @ self.v_proj(x)


class Classifier(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.attn = Attention(d)
        self.score = nn.Linear(d, 2)

    def forward(self, x):
        return self.score(self.attn(x).mean(1))


def inject(model, targets=("q_proj", "v_proj")):
    for name in targets:
        setattr(model.attn, name, LoRALayer(getattr(model.attn, name)))


model = Classifier()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
inject(model)
for step in range(3):
    x, y = torch.randn(4, 5, 6), torch.randint(0, 2, (4,))
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
