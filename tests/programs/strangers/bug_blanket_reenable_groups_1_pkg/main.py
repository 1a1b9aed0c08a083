# label: bug
# category: blanket-reenable-groups
# rule: FRZ114
# line: det/exp.py:26
# truth: build_optimizer sets every flag again while it sorts the parameters into groups: the frozen backbone moves
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
