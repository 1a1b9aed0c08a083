from .moco import MoCo

_REGISTRY = {"moco": MoCo}


def build_model(cfg):
    cls = _REGISTRY[cfg["arch"]]
    return cls(dim=cfg["dim"], m=cfg["momentum"])
