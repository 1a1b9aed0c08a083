# label: bug
# category: inverted-flag
# rule: FRZ117
# line: utils.py:3
# truth: set_trainable(trainable=True) freezes: the head stays put while the encoder moves
import torch
from torch import nn

from model import SpeechModel
from utils import set_trainable


class Experiment:
    def __init__(self):
        self.model = SpeechModel()
        set_trainable(self.model.encoder, trainable=False)
        set_trainable(self.model.head, trainable=True)
        self.optimizer = torch.optim.SGD(
            (p for p in self.model.parameters() if p.requires_grad), lr=0.05, momentum=0.9
        )

    def run(self, n):
        for _ in range(n):
            frames, label = torch.randn(3, 2, 16), torch.randint(0, 4, (3,))
            loss = nn.functional.nll_loss(self.model(frames), label)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


Experiment().run(3)
