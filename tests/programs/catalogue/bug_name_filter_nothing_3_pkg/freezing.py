def freeze_layers(net, layers):
    for layer in layers:
        for name, weight in net.named_parameters():
            if layer in name:
                weight.requires_grad_(False)
