# label: ok
# category: frozen-batchnorm-conversion
# rule: FRZ301, FRZ302
# truth: clean; backbone.* stay still, head.* move; train() changes nothing in a norm that holds only buffers
import torch
from torch import nn


class FrozenBatchNorm2d(nn.Module):
    """BatchNorm2d with fixed statistics and fixed affine parameters, all of them buffers."""

    def __init__(self, n, eps=1e-5):
        super().__init__()
        self.eps = eps
        for key, value in dict(weight=1.0, bias=0.0, running_mean=0.0, running_var=1.0).items():
            self.register_buffer(key, torch.full((n,), value))

    def forward(self, x):
        scale = self.weight * (self.running_var + self.eps).rsqrt()
        shift = self.bias - self.running_mean * scale
        return x * scale[None, :, None, None] + shift[None, :, None, None]

    @classmethod
    def convert(cls, module):
        out = module
        if isinstance(module, nn.BatchNorm2d):
            out = cls(module.num_features, module.eps)
            out.load_state_dict({k: v for k, v in module.state_dict().items() if k != "num_batches_tracked"})
        for name, child in module.named_children():
            out.add_module(name, cls.convert(child))
        return out


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU())
        self.head = nn.Conv2d(6, 2, 1)

    def forward(self, x):
        return self.head(self.backbone(x)).mean((2, 3))


net = Net()
net.backbone = FrozenBatchNorm2d.convert(net.backbone).requires_grad_(False)
mean = net.backbone[1].running_mean.clone()
opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
for epoch in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.rand(4, 3, 6, 6)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
assert torch.equal(mean, net.backbone[1].running_mean)
