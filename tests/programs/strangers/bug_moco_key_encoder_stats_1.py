# label: bug
# category: moco-key-encoder-stats
# rule: FRZ301
# line: 44
# truth: the frozen teacher of the distillation runs in train mode: its BatchNorm statistics drift
from __future__ import annotations

import argparse
import dataclasses

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclasses.dataclass(frozen=True)
class Hparams:
    lr: float = 1e-2
    epochs: int = 2
    temperature: float = 2.0
    hint_weight: float = 0.5


def conv_bn(cin: int, cout: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(cin, cout, 3, 2, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU6())


class MobileLike(nn.Module):
    def __init__(self, width: int, classes: int = 3) -> None:
        super().__init__()
        self.features = nn.Sequential(conv_bn(3, width), conv_bn(width, width * 2))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(width * 2, classes)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        f = self.pool(self.features(x)).flatten(1)
        return self.classifier(f), f


class DistillWrapper(nn.Module):
    def __init__(self, student: nn.Module, teacher: nn.Module, hp: Hparams) -> None:
        super().__init__()
        self.student = student
        self.teacher = teacher.requires_grad_(False)
        self.adapt = nn.Linear(8, 16)
        self.hp = hp

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        s, fs = self.student(x)
        with torch.no_grad():
            t, ft = self.teacher(x)
        T = self.hp.temperature
        kd = F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean") * T * T
        return F.cross_entropy(s, y) + kd + self.hp.hint_weight * F.mse_loss(self.adapt(fs), ft)


def fit(hp: Hparams) -> None:
    torch.manual_seed(0)
    kd = DistillWrapper(MobileLike(4), MobileLike(8), hp)
    optimizer = torch.optim.SGD((p for p in kd.parameters() if p.requires_grad), lr=hp.lr, momentum=0.9)
    for _ in range(hp.epochs):
        kd.train()
        for _ in range(2):
            loss = kd(torch.rand(4, 3, 16, 16) * 3, torch.randint(0, 3, (4,)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for f in dataclasses.fields(Hparams):
        parser.add_argument(f"--{f.name}", type=type(f.default), default=f.default)
    fit(Hparams(**vars(parser.parse_args())))
