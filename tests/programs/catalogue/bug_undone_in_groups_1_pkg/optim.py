def param_groups(model, weight_decay):
    decay, plain = [], []
    for name, value in model.named_parameters():
        value.requires_grad = True
        (decay if value.ndim > 1 else plain).append(value)
    return [{"params": decay, "weight_decay": weight_decay}, {"params": plain, "weight_decay": 0.0}]
