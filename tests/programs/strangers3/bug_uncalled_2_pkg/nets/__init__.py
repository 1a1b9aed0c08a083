from .simple import SimpleNet

__all__ = ["SimpleNet"]
