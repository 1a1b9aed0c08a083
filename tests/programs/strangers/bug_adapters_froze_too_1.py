# label: bug
# category: adapters-froze-too
# rule: FRZ206
# line: 62
# truth: the freeze after the adapters were inserted takes the adapters along: nothing is left to train and backward raises
# raises: RuntimeError
from dataclasses import asdict, dataclass

import torch
from torch import nn


@dataclass
class AdapterConfig:
    bottleneck: int = 2
    init_std: float = 1e-2


class Adapter(nn.Module):
    def __init__(self, dim, bottleneck, init_std):
        super().__init__()
        self.down, self.up = nn.Linear(dim, bottleneck), nn.Linear(bottleneck, dim)
        for lin in (self.down, self.up):
            nn.init.normal_(lin.weight, std=init_std)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        return x + self.up(torch.nn.functional.gelu(self.down(x)))


class Layer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.ff = nn.Sequential(nn.Linear(dim, dim), nn.GELU(), nn.Linear(dim, dim))
        self.adapter = nn.Identity()

    def forward(self, x):
        return x + self.adapter(self.ff(x))


class Encoder(nn.Module):
    def __init__(self, dim=6, n=3):
        super().__init__()
        self.layers = nn.ModuleList([Layer(dim) for _ in range(n)])
        self.out = nn.Linear(dim, 1)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.out(x).squeeze(-1)


def add_adapters(model, cfg):
    for layer in model.layers:
        layer.adapter = Adapter(layer.ff[0].in_features, **asdict(cfg))
    freeze_base(model)


def freeze_base(model):
    for name, p in model.named_parameters():
        if "norm" not in name:
            p.requires_grad_(False)


def main():
    torch.manual_seed(0)
    model = Encoder()
    add_adapters(model, AdapterConfig())
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for step in range(3):
        x, y = torch.randn(5, 6), torch.randn(5)
        loss = nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
