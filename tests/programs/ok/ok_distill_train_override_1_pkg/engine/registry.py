_MODELS = {}


def register(name):
    def deco(cls):
        _MODELS[name] = cls
        return cls

    return deco


def build(cfg):
    cfg = dict(cfg)
    return _MODELS[cfg.pop("name")](**cfg)
