import torch.nn.utils.prune as prune


def prune_layers(layers, amount):
    for layer in layers:
        prune.l1_unstructured(layer, name="weight", amount=amount)


def freeze_pruned(layer): layer.weight.requires_grad_(False)
