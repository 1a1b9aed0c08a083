from .audio import AudioTower

__all__ = ["AudioTower"]
