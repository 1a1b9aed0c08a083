from .nets import ConvNeXtish

_models = {"tiny": lambda **kw: ConvNeXtish(dims=(4, 8), **kw)}


def create_model(name, pretrained_classes=1000, **kw):
    return _models[name](num_classes=pretrained_classes, **kw)


def freeze(module):
    """Freezes the module in place and returns it."""
    for p in module.parameters():
        p.requires_grad = False
    return module
