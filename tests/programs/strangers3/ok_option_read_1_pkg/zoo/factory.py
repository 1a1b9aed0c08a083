from . import nets

_BUILDERS = {name: getattr(nets, name) for name in ("tiny", "wide")}


def create_model(name, **kwargs):
    return _BUILDERS[name](**kwargs)
