from . import unet


def create_model(arch, **kwargs):
    return getattr(unet, arch)(**kwargs)
