# label: bug
# category: inverted
# rule: FRZ117
# line: 32
# truth: requires_grad = self.freeze_encoder: with freeze_encoder=True the encoder trains
from dataclasses import dataclass, field
import torch
from torch import nn


@dataclass
class OptimCfg:
    name: str = "AdamW"
    kwargs: dict = field(default_factory=lambda: {"lr": 1e-2, "weight_decay": 0.01})


@dataclass
class Cfg:
    d: int = 8
    freeze_encoder: bool = True
    optim: OptimCfg = field(default_factory=OptimCfg)


class Captioner(nn.Module):
    def __init__(self, cfg: Cfg):
        super().__init__()
        self.freeze_encoder = cfg.freeze_encoder
        self.encoder = nn.Linear(10, cfg.d)
        self.decoder = nn.GRU(cfg.d, cfg.d, batch_first=True)
        self.lm_head = nn.Linear(cfg.d, 20)
        for p in self.encoder.parameters():
            p.requires_grad = self.freeze_encoder

    def forward(self, feats):
        h = self.encoder(feats)
        out, _ = self.decoder(h.unsqueeze(1).expand(-1, 4, -1))
        return self.lm_head(out)


cfg = Cfg()
model = Captioner(cfg)
params = [p for p in model.parameters() if p.requires_grad]
optimizer = getattr(torch.optim, cfg.optim.name)(params, **cfg.optim.kwargs)
for _ in range(3):
    logits = model(torch.randn(2, 10))
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), torch.randint(0, 20, (8,)))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(params, 1.0)
    optimizer.step()
