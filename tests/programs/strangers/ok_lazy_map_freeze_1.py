# label: ok
# category: lazy-map-freeze
# rule: FRZ110
# truth: the map is consumed by list, so the freeze runs
import argparse
import functools

import torch
from torch import nn, optim


class Generator(nn.Module):
    def __init__(self, z, size):
        super().__init__()
        self.mapping = nn.Sequential(*[nn.Sequential(nn.Linear(z, z), nn.LeakyReLU(0.2)) for _ in range(2)])
        self.synth = nn.Linear(z, size)

    def forward(self, w):
        return torch.tanh(self.synth(self.mapping(w)))


class Inverter(nn.Module):
    """Finds the code of an image under a fixed generator."""

    def __init__(self, generator, z, size):
        super().__init__()
        self.generator = generator
        self.encoder = nn.Sequential(nn.Linear(size, 16), nn.ReLU(), nn.Linear(16, z))

    def forward(self, x):
        code = self.encoder(x)
        return self.generator(code), code


def requires_grad(flag, module):
    for p in module.parameters():
        p.requires_grad = flag


def build(args):
    g = Generator(args.z, args.size)
    model = Inverter(g, args.z, args.size)
    list(map(functools.partial(requires_grad, False), [model.generator]))
    return model


def main(args):
    torch.manual_seed(args.seed)
    model = build(args)
    optimizer = optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=args.lr, betas=(0.0, 0.99))
    for step in range(args.steps):
        x = torch.randn(4, args.size)
        rec, code = model(x)
        loss = (rec - x).abs().mean() + 1e-3 * code.pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 2 == 0:
            print(f"[{step:03d}] {loss.item():.4f}")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--z", type=int, default=4)
    p.add_argument("--size", type=int, default=10)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--steps", type=int, default=4)
    p.add_argument("--lr", type=float, default=1e-2)
    main(p.parse_args())
