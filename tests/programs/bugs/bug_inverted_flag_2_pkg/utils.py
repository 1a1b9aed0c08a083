def set_trainable(module, trainable=True):
    for param in module.parameters():
        param.requires_grad = not trainable
