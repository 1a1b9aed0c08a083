from . import backbones
from .model import build
