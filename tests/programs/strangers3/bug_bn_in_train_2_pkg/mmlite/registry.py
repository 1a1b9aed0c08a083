class Registry:
    def __init__(self):
        self._modules = {}

    def register(self, cls):
        self._modules[cls.__name__] = cls
        return cls

    def build(self, cfg, **extra):
        cfg = dict(cfg)
        return self._modules[cfg.pop("type")](**cfg, **extra)


BACKBONES = Registry()
HEADS = Registry()
