"""Small functions around parameters."""


def train_only(model, prefixes):
    n = 0
    for name, param in model.named_parameters():
        param.requires_grads = name.startswith(prefixes)
        n += name.startswith(prefixes)
    print(f"{n} parameters selected")
