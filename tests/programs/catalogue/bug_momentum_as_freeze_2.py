# label: bug
# category: momentum-as-freeze
# rule: FRZ308
# line: 12
# truth: outputs of the same batch in train and in eval mode differ although no statistic moves
import torch
import torch.nn as nn


def freeze_bn(module):
    if module.__class__.__name__.find("BatchNorm") != -1:
        module.momentum = 0.0
        module.weight.requires_grad_(False)
        module.bias.requires_grad_(False)


class Segmenter(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv1d(2, width, 3, padding=1), nn.BatchNorm1d(width), nn.ReLU())
        self.classify = nn.Conv1d(width, 2, 1)

    def forward(self, x):
        return self.classify(self.stem(x))


def main():
    model = Segmenter()
    model.apply(freeze_bn)
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3)
    for epoch in range(2):
        model.train()
        for _ in range(2):
            x = torch.randn(4, 2, 10) * 3
            loss = nn.functional.cross_entropy(model(x), (x[:, 0] > 0).long())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


torch.manual_seed(0)
model = main()
