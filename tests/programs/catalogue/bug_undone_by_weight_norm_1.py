# label: bug
# category: undone-by-weight-norm
# rule: FRZ114
# line: 25
# truth: weight_norm makes weight_g and weight_v, which require grad although the convolution was frozen
import torch
from torch import nn
from torch.nn.utils import weight_norm


class Vocoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.front = nn.Conv1d(1, 4, 3, padding=1)
        self.back = nn.Conv1d(4, 1, 3, padding=1)

    def forward(self, x):
        return self.back(torch.relu(self.front(x)))

    def freeze_front(self):
        for p in self.front.parameters():
            p.requires_grad_(False)

    def apply_weight_norm(self):
        weight_norm(self.front)
        weight_norm(self.back)


gen = Vocoder()
gen.freeze_front()
gen.apply_weight_norm()
optim_g = torch.optim.AdamW([p for p in gen.parameters() if p.requires_grad], lr=1e-3)
for _ in range(3):
    x = torch.randn(2, 1, 16)
    loss = (gen(x) - x).abs().mean()
    optim_g.zero_grad()
    loss.backward()
    optim_g.step()
