from .callbacks import GradualUnfreezing
from .trainer import Trainer
