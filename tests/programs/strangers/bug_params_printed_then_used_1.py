# label: bug
# category: params-printed-then-used
# rule: FRZ205
# line: 38
# truth: the generator of trainable parameters is consumed by the count: the optimizer is given an empty list
# raises: ValueError
import logging

import torch
from torch import nn

logging.basicConfig(level=logging.WARNING)
logger = logging.getLogger(__name__)

OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, 8), nn.ELU())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.body(x))

    def trainable_parameters(self):
        return (p for p in self.parameters() if p.requires_grad)


class Experiment:
    def __init__(self, opt="adamw", freeze=("body",), **opt_kwargs):
        self.net = Net()
        for name in freeze:
            getattr(self.net, name).requires_grad_(False)
        params = self.net.trainable_parameters()
        logger.info("trainable: %d", sum(p.numel() for p in params))
        self.optimizer = OPTIMIZERS[opt](params, **opt_kwargs)

    def train(self, steps):
        self.net.train()
        for _ in range(steps):
            x, y = torch.randn(4, 5), torch.randint(0, 2, (4,))
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.net(x), y).backward()
            self.optimizer.step()


if __name__ == "__main__":
    torch.manual_seed(0)
    Experiment(lr=1e-2).train(3)
