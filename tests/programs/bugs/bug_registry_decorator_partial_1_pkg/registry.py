class Registry(dict):
    def register(self, name):
        def deco(fn):
            self[name] = fn
            return fn

        return deco


MODELS = Registry()
