def freeze(module):
    """Stop training this part."""
    for parameter in module.parameters():
        parameter.requires_grad_(False)
