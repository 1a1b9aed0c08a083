from torch import nn

from base import Staged


class Net(Staged):
    def __init__(self):
        super().__init__()
        self.add_stage(nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5)))
        self.add_stage(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)))
