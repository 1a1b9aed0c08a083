def set_flag(module):
    for p in module.parameters():
        p.requires_grad = False
    return module


def freeze_all(*modules):
    return map(set_flag, modules)
