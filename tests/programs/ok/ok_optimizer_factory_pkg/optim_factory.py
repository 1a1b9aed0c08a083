from torch import optim

REGISTRY = {"sgd": optim.SGD, "adam": optim.Adam, "adamw": optim.AdamW}


def split_decay(model, weight_decay):
    # start with all of the candidate parameters, keep those that require grad
    param_dict = {pn: p for pn, p in model.named_parameters()}
    param_dict = {pn: p for pn, p in param_dict.items() if p.requires_grad}
    decay = [p for p in param_dict.values() if p.dim() >= 2]
    nodecay = [p for p in param_dict.values() if p.dim() < 2]
    return [{"params": decay, "weight_decay": weight_decay}, {"params": nodecay, "weight_decay": 0.0}]


def create_optimizer(model, name, lr, weight_decay=0.0):
    return REGISTRY[name](split_decay(model, weight_decay), lr=lr)
