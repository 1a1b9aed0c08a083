"""Finds silent layer-freezing mistakes in PyTorch training code."""

__version__ = "0.1.0"
