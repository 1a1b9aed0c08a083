def set_requires_grad(nets, requires_grad=False):
    """Switch gradients of one network or a list of networks."""
    if not isinstance(nets, list):
        nets = [nets]
    for net in nets:
        if net is not None:
            net.requires_grad = requires_grad
