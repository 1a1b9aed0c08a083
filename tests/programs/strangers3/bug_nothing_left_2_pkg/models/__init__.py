from .convnet import convnet

_zoo = dict(convnet=convnet)


def get_model(name, pretrained=False):
    return _zoo[name](pretrained=pretrained)
