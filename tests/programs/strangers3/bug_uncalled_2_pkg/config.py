from types import SimpleNamespace


def get_config():
    return SimpleNamespace(dim=6, n_classes=3, freeze_backbone=True, lr=1e-2, steps=2)
