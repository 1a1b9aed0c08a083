# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 24
# truth: the weight of a parametrized layer is computed, not a leaf; setting its flag raises
# raises: RuntimeError
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm


class DinoHead(nn.Module):
    def __init__(self, dim=8, out=16):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(dim, dim), nn.GELU())
        self.last_layer = weight_norm(nn.Linear(dim, out, bias=False))

    def forward(self, x):
        return self.last_layer(nn.functional.normalize(self.mlp(x), dim=-1))


def cancel_last_layer(head, epoch, freeze_epochs=1):
    if epoch < freeze_epochs:
        head.last_layer.weight.requires_grad = False


head = DinoHead()
cancel_last_layer(head, 0)
opt = torch.optim.AdamW([p for p in head.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    loss = -head(torch.randn(4, 8)).log_softmax(-1).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
