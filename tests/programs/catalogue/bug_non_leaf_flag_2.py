# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 20
# truth: the weight of a weight-normed layer is computed from weight_g and weight_v: setting its flag raises
# raises: RuntimeError
import torch
from torch import nn
from torch.nn.utils import weight_norm


def conv(i, o):
    return weight_norm(nn.Conv1d(i, o, 3, padding=1))


class Vocoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.pre, self.post = conv(1, 4), conv(4, 1)
        self.pre.weight.requires_grad = False

    def forward(self, x):
        return self.post(self.pre(x).relu())


model = Vocoder()
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad])
model(torch.randn(1, 1, 8)).mean().backward()
optimizer.step()
