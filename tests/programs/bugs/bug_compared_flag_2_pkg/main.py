# label: bug
# category: compared-flag
# rule: FRZ103
# line: towers.py:13
# truth: freeze() compares instead of assigning, the text tower keeps learning
import torch

from trainer import ContrastiveTrainer
from towers import TwoTower

if __name__ == "__main__":
    torch.manual_seed(1)
    model = TwoTower(img_dim=10, txt_dim=6, shared=4)
    ContrastiveTrainer(model, tower="text").run(3)
