from .plain import plain10, plain18

__all__ = ["plain10", "plain18"]
