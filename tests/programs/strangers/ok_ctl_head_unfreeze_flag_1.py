# label: ok
# category: ctl-head-unfreeze-flag
# rule: FRZ101
# truth: everything is frozen and the parameters of the head are set free again
from dataclasses import dataclass, field
from typing import List

import torch
import torch.nn as nn


@dataclass
class OptimConfig:
    lr: float = 1e-2
    weight_decay: float = 0.0


@dataclass
class Config:
    dim: int = 16
    n_cls: int = 3
    n_ctx: int = 4
    epochs: int = 2
    optim: OptimConfig = field(default_factory=OptimConfig)
    trainable: List[str] = field(default_factory=lambda: ["classifier"])


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.ln = nn.LayerNorm(dim)
        self.attn = nn.MultiheadAttention(dim, 2, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(dim, dim * 2), nn.GELU(), nn.Linear(dim * 2, dim))

    def forward(self, x):
        y = self.ln(x)
        x = x + self.attn(y, y, y, need_weights=False)[0]
        return x + self.mlp(x)


class CLIPLike(nn.Module):
    def __init__(self, cfg: Config):
        super().__init__()
        self.visual = nn.Sequential(nn.Linear(8, cfg.dim), Block(cfg.dim), Block(cfg.dim))
        self.prompt = nn.Parameter(torch.randn(cfg.n_ctx, cfg.dim) * 0.02)
        self.classifier = nn.Linear(cfg.dim, cfg.n_cls)

    def forward(self, patches):
        x = self.visual(patches)
        x = torch.cat([self.prompt.expand(len(x), -1, -1), x], dim=1)
        return self.classifier(x.mean(1))


def prepare(model: CLIPLike, cfg: Config) -> CLIPLike:
    for param in model.parameters():
        param.requires_grad = False
    model.prompt.requires_grad = True
    for name in cfg.trainable:
        head = getattr(model, name)
        head.requires_grad_(True)
    return model


def main(cfg: Config):
    torch.manual_seed(1)
    model = prepare(CLIPLike(cfg), cfg)
    print("trainable:", [n for n, p in model.named_parameters() if p.requires_grad])
    optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=cfg.optim.lr,
                                  weight_decay=cfg.optim.weight_decay)
    criterion = nn.CrossEntropyLoss()
    for epoch in range(cfg.epochs):
        for _ in range(2):
            x, y = torch.randn(4, 6, 8), torch.randint(0, cfg.n_cls, (4,))
            loss = criterion(model(x), y)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        print(epoch, float(loss))


main(Config())
