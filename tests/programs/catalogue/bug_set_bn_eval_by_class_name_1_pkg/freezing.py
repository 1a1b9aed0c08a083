def freeze_batchnorm(module):
    if module.__class__.__name__ == "BatchNorm2d":
        module.eval()
