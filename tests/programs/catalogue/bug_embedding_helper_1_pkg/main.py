# label: bug
# category: embedding-helper
# rule: FRZ122
# line: vectors.py:7
# truth: the helper loads the vectors with the default; the trainer holds all parameters and the vectors never move
import torch

from network import Network
from train import Trainer

torch.manual_seed(3)
net = Network(16, 6)
before = net.words.weight.clone()
Trainer(net).fit(3)
