# label: ok
# category: decorated-train-step
# rule: FRZ405
# truth: only the validation step is decorated
import argparse

import torch
from torch import nn


class Denoise(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.encoder, self.decoder = nn.Linear(d, 4), nn.Linear(4, d)
        self.encoder.requires_grad_(False)

    def forward(self, x):
        return self.decoder(self.encoder(x).tanh())


class Solver:
    def __init__(self, args):
        self.args = args
        self.model = Denoise()
        self.loss_fn = nn.L1Loss()
        self.optimizer = torch.optim.Adam([p for p in self.model.parameters() if p.requires_grad], lr=args.lr)

    def train_step(self, noisy, clean):
        self.model.train()
        loss = self.loss_fn(self.model(noisy), clean)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    @torch.inference_mode()
    def val_step(self, noisy, clean):
        self.model.eval()
        return self.loss_fn(self.model(noisy), clean).item()

    def solve(self):
        for epoch in range(self.args.epochs):
            clean = torch.randn(5, 6)
            self.train_step(clean + 0.1 * torch.randn(5, 6), clean)
            print(self.val_step(clean, clean))


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-2)
parser.add_argument("--epochs", type=int, default=2)
Solver(parser.parse_args()).solve()
