class Registry:
    def __init__(self):
        self._modules = {}

    def register(self, cls):
        self._modules[cls.__name__] = cls
        return cls

    def get(self, name):
        if name not in self._modules:
            raise KeyError(name)
        return self._modules[name]


class Named(dict):
    def register(self, cls):
        self[cls.__name__] = cls
        return cls


BACKBONES = Registry()
MODELS = Named()
