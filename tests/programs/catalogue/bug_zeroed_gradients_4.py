# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: 26
# truth: Adam with weight decay moves the layers whose names are listed, zero gradient or not
import argparse

import torch
from torch import nn


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", nargs="*", default=["0.weight", "0.bias"])
    parser.add_argument("--wd", type=float, default=1e-2)
    return parser.parse_args([])


def train(model, args):
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3, weight_decay=1e-2)
    for it in range(5):
        loss = model(torch.randn(16, 4)).square().mean()
        loss.backward()
        for name, param in model.named_parameters():
            if name in ("0.weight", "0.bias"):
                param.grad = torch.zeros_like(param)
        optimizer.step()
        optimizer.zero_grad()


if __name__ == "__main__":
    torch.manual_seed(0)
    train(nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 1)), get_args())
