# label: ok
# category: freeze-plan-from-a-config
# rule: FRZ117, FRZ118, FRZ201, FRZ301
# truth: clean; vision.* stay still, statistics of vision.1 stay still, text.* move, fusion.* move
import sys

import torch
from config import ModelConfig, load
from models import Multimodal
from torch import nn


def train(config: ModelConfig):
    model = Multimodal(config)
    opt = torch.optim.AdamW(model.trainable_parameters(), lr=config.lr)
    for _ in range(config.steps):
        model.train()
        logits = model(torch.randn(6, 5), torch.randint(0, 12, (6, 4)))
        loss = nn.functional.cross_entropy(logits, torch.randint(0, 2, (6,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


if __name__ == "__main__":
    train(load(sys.argv[1:]))
