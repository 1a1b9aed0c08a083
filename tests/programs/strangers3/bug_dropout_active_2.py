# label: bug
# category: dropout-active
# rule: FRZ303
# line: 44
# truth: the pretrained GRU encoder is frozen but has dropout between its layers and is never put in eval
import argparse
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.rnn = nn.GRU(5, d, num_layers=2, dropout=0.3, batch_first=True)

    def forward(self, x):
        _, h = self.rnn(x)
        return h[-1]


class Probe(nn.Module):
    def __init__(self, encoder, classes):
        super().__init__()
        self.encoder = encoder
        self.linear = nn.Linear(8, classes)

    def forward(self, x):
        with torch.no_grad():
            h = self.encoder(x)
        return self.linear(h)


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False


def main():
    parser = argparse.ArgumentParser("linear probe")
    parser.add_argument("--classes", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    probe = Probe(Encoder(), args.classes)
    freeze(probe.encoder)
    optimizer = torch.optim.SGD(probe.linear.parameters(), lr=0.1)
    for epoch in range(args.epochs):
        probe.train()
        x, y = torch.randn(4, 6, 5), torch.randint(0, args.classes, (4,))
        loss = nn.functional.cross_entropy(probe(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return probe


probe = main()
