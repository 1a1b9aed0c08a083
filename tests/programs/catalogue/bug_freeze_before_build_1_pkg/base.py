from torch import nn


class Frozen(nn.Module):
    """A network that is never trained."""

    def __init__(self, *sizes):
        super().__init__()
        self.requires_grad_(False)
        self.build(*sizes)

    def build(self, *sizes):
        raise NotImplementedError
