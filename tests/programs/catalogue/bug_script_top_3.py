# label: bug
# category: script-top
# rule: FRZ404
# line: 11
# truth: the mode is set off at the top of the script, for the feature cache: backward raises
# raises: RuntimeError
import argparse
import torch
import torch.nn as nn

torch.set_grad_enabled(False)

def cache(backbone, n):
    return [(backbone(torch.randn(2, 6)), torch.randint(0, 2, (2,))) for _ in range(n)]

def train_probe(features, lr):
    probe = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(probe.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    for h, y in features:
        loss = criterion(probe(h), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return probe

if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--lr", type=float, default=.1)
    a = ap.parse_args()
    train_probe(cache(nn.Linear(6, 4), 3), a.lr)
