def freeze_params(module, freeze: bool = True):
    """Freezes all parameters of a module.

    Args:
        module: the module
        freeze: whether to freeze (True) or to unfreeze (False)
    """
    for p in module.parameters():
        p.requires_grad = freeze
    return module
