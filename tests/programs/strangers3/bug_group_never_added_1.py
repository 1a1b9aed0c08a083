# label: bug
# category: group-never-added
# rule: FRZ207
# line: 24
# truth: the group of the newly added prompt tokens is built and never passed on: they stay at their initial values
import torch
from torch import nn


class PromptedEncoder(nn.Module):
    def __init__(self, d=8, n_prompt=3):
        super().__init__()
        self.prompt = nn.Parameter(torch.randn(1, n_prompt, d) * 0.02)
        self.layer = nn.TransformerEncoderLayer(d, 2, 16, dropout=0.0, batch_first=True)
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        x = torch.cat([self.prompt.expand(x.size(0), -1, -1), x], 1)
        return self.head(self.layer(x)[:, 0])


def build_optimizer(model, lr, prompt_lr):
    body = [p for n, p in model.named_parameters() if "prompt" not in n and "head" not in n]
    prompt_group = {"params": [model.prompt], "lr": prompt_lr, "weight_decay": 0.0}
    head_group = {"params": model.head.parameters(), "lr": lr * 10}
    groups = [{"params": body, "lr": lr}, head_group]
    return torch.optim.AdamW(groups)


model = PromptedEncoder()
opt = build_optimizer(model, 1e-3, 1e-1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4, 8)), torch.tensor([0, 1, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
