"""Lets torchvision be imported beside a CPU build of torch, by declaring the operators its own binary would declare.

The torchvision wheel is built for CUDA, and its binary does not load without it. Import this module before
torchvision (or timm). Only `nms` and the region-of-interest operators stay unusable.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Final

import torch

# torch.library and torch.ops carry no types.
TORCH: Final[Any] = torch


def _binary_loads() -> bool:
    """Where torchvision's binary loads it declares the operators itself, and twice is an error."""
    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        return False
    for binary in Path(spec.origin).parent.glob("_C.*"):
        try:
            TORCH.ops.load_library(str(binary))
        except (OSError, ImportError):
            continue
        return True
    return False


def _declare() -> Any:
    if _binary_loads():
        return None
    declarations = TORCH.library.Library("torchvision", "DEF")
    for operator in ("nms", "qnms"):
        declarations.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return declarations


# The declarations hold as long as this object lives.
DECLARATIONS: Final = _declare()
