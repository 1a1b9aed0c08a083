from .models import Ranker
from .utils import *  # noqa: F403
from .utils import set_trainable as set_trainable

__all__ = ["Ranker", "frozen_parameters", "set_trainable", "trainable_parameters"]  # noqa: F405
