# label: bug
# category: clip-lock-towers
# rule: FRZ203
# line: 68
# truth: lock() freezes the image tower before the optimizer is built of what requires grad; unlocking at epoch 1 trains nothing of it
from dataclasses import dataclass
from math import log

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class TrainArgs:
    lr: float = 1e-3
    epochs: int = 2
    lock_image: bool = True
    lock_image_epochs: int = 1


class DualEncoder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.visual = nn.Sequential(nn.Linear(12, d), nn.GELU(), nn.Linear(d, d))
        self.text = nn.EmbeddingBag(30, d)
        self.logit_scale = nn.Parameter(torch.ones([]) * log(1 / 0.07))

    def lock_image_tower(self, locked=True):
        for param in self.visual.parameters():
            param.requires_grad = not locked

    def forward(self, image, text):
        return F.normalize(self.visual(image), dim=-1), F.normalize(self.text(text), dim=-1), self.logit_scale.exp()


def get_optimizer(args, model):
    exclude = lambda n, p: p.ndim < 2 or "bn" in n or "ln" in n or "bias" in n or "logit_scale" in n
    include = lambda n, p: not exclude(n, p)
    named_parameters = list(model.named_parameters())
    gain_or_bias_params = [p for n, p in named_parameters if exclude(n, p) and p.requires_grad]
    rest_params = [p for n, p in named_parameters if include(n, p) and p.requires_grad]
    return torch.optim.AdamW(
        [{"params": gain_or_bias_params, "weight_decay": 0.0}, {"params": rest_params, "weight_decay": 0.2}],
        lr=args.lr,
    )


def train_one_epoch(model, epoch, optimizer, args):
    model.train()
    for _ in range(2):
        zi, zt, scale = model(torch.randn(4, 12), torch.randint(0, 30, (4, 5)))
        logits = scale * zi @ zt.t()
        labels = torch.arange(4)
        loss = (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main(args):
    model = DualEncoder()
    if args.lock_image:
        model.lock_image_tower()
    optimizer = get_optimizer(args, model)
    for epoch in range(args.epochs):
        if args.lock_image and epoch == args.lock_image_epochs:
            model.lock_image_tower(locked=False)
        train_one_epoch(model, epoch, optimizer, args)


main(TrainArgs())
