from .autoencoder import Autoencoder
from .evaluation import check

__all__ = ["Autoencoder", "check"]
