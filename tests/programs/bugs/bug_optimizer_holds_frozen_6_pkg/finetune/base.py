from torch import nn


class BaseTrainer:
    def __init__(self, in_dim, n_out, freeze=False):
        self.net = nn.Sequential()
        self.net.add_module("body", nn.Sequential(nn.Linear(in_dim, 8), nn.ReLU()))
        self.net.add_module("top", nn.Linear(8, n_out))
        if freeze:
            self._freeze_body()

    def _freeze_body(self):
        for _, p in self.net.body.named_parameters():
            p.requires_grad = False
