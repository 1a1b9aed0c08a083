def freeze_except(model, word):
    for name, p in model.named_parameters():
        if word not in name:
            p.requires_grad_(False)
