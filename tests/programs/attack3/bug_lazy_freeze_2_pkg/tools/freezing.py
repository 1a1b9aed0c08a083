def set_grad(module, flag):
    for p in module.parameters():
        p.requires_grad = flag


def freeze_stages(net, upto):
    """Freezes the stem and the first `upto` stages."""
    names = ["stem"] + [f"stage{i}" for i in range(1, upto + 1)]
    (set_grad(getattr(net, name), False) for name in names)
    return net
