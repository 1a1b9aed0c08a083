# label: ok
# category: frozen-bn2d
# rule: FRZ301
# truth: the BatchNorm of the frozen backbone is converted to a hand-written FrozenBatchNorm2d before training
import torch
from torch import nn


class FrozenBatchNorm2d(nn.Module):
    """BatchNorm with fixed statistics and affine parameters."""

    def __init__(self, n, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.register_buffer("weight", torch.ones(n))
        self.register_buffer("bias", torch.zeros(n))
        self.register_buffer("running_mean", torch.zeros(n))
        self.register_buffer("running_var", torch.ones(n))

    def forward(self, x):
        scale = self.weight * (self.running_var + self.eps).rsqrt()
        return x * scale.view(1, -1, 1, 1) + (self.bias - self.running_mean * scale).view(1, -1, 1, 1)

    @classmethod
    def convert(cls, module):
        out = module
        if isinstance(module, nn.BatchNorm2d):
            out = cls(module.num_features, module.eps)
            out.load_state_dict({k: v for k, v in module.state_dict().items() if k != "num_batches_tracked"})
        for name, child in module.named_children():
            setattr(out, name, cls.convert(child))
        return out


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        body = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU())
        self.backbone = FrozenBatchNorm2d.convert(body)
        self.head = nn.Conv2d(6, 2, 1)
        for p in self.backbone.parameters():
            p.requires_grad_(False)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Model()
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    model.train()
    loss = model(torch.randn(2, 3, 6, 6)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
