from torch import nn


class Tower(nn.Module):
    dim = 8

    def __init__(self, frozen=False):
        super().__init__()
        self.build()
        if frozen:
            for p in self.parameters():
                p.requires_grad = False
            self.eval()

    def build(self):
        raise NotImplementedError
