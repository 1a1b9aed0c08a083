# label: ok
# category: named-modules-config
# rule: FRZ101
# truth: requires_grad_ of the module is called
import torch
from torch import nn

CONF = {"freeze": ["backbone", "heads.desc"], "lr": 1e-2}


class Matcher(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU())
        self.heads = nn.ModuleDict({"det": nn.Conv2d(4, 1, 1), "desc": nn.Conv2d(4, 8, 1)})

    def forward(self, x):
        f = self.backbone(x)
        return {k: h(f) for k, h in self.heads.items()}


def apply_freeze(model, conf):
    modules = dict(model.named_modules())
    for name in conf.get("freeze", ()):
        module = modules[name]
        module.requires_grad_(False)


torch.manual_seed(0)
matcher = Matcher()
apply_freeze(matcher, CONF)
opt = torch.optim.Adam((p for p in matcher.parameters() if p.requires_grad), lr=CONF["lr"])
for _ in range(3):
    out = matcher(torch.rand(2, 1, 6, 6))
    loss = out["det"].sigmoid().mean() + (out["desc"] - 1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
