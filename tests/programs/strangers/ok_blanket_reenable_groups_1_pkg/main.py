# label: ok
# category: blanket-reenable-groups
# rule: FRZ114
# truth: build_optimizer skips what is frozen
import torch

from det.exp import BaseExp
from det.trainer import Trainer


class Exp(BaseExp):
    def __init__(self):
        super().__init__()
        self.weight_decay = 1e-4


if __name__ == "__main__":
    torch.manual_seed(0)
    Trainer(Exp(), batch_size=2).train()
