from .base import BaseBackbone
from .staged import StagedNet, build_segmentor

__all__ = ["BaseBackbone", "StagedNet", "build_segmentor"]
