# label: bug
# category: checkpoint-loop
# rule: FRZ406
# line: 24
# truth: layers.* has grad None at every step, for the patch layer is frozen; norm.* and out.* move
import torch
import torch.nn as nn
import torch.utils.checkpoint as cp


class Vit(nn.Module):
    def __init__(self, depth=2, d=8, grad_ckpt=True):
        super().__init__()
        self.patch = nn.Linear(12, d)
        self.layers = nn.ModuleList([nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d)) for _ in range(depth)])
        self.norm = nn.LayerNorm(d)
        self.out = nn.Linear(d, 2)
        self.grad_ckpt = grad_ckpt

    def forward(self, x):
        x = self.patch(x)
        for layer in self.layers:
            if self.grad_ckpt:
                x = cp.checkpoint(layer, x, use_reentrant=True)
            else:
                x = layer(x)
        return self.out(self.norm(x).mean(1))


class Finetune:
    def __init__(self):
        self.model = Vit()
        self.model.patch.requires_grad_(False)
        self.opt = torch.optim.SGD((p for p in self.model.parameters() if p.requires_grad), lr=0.1)

    def fit(self):
        for _ in range(3):
            loss = nn.functional.cross_entropy(self.model(torch.randn(2, 5, 12)), torch.tensor([0, 1]))
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()


Finetune().fit()
