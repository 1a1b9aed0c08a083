import torch


def make_optimizer(cfg, model):
    solver = cfg["SOLVER"]
    groups = []
    for key, value in model.named_parameters():
        value.requires_grad = True
        lr, wd = solver["BASE_LR"], solver["WD"]
        if "bias" in key:
            lr, wd = lr * solver["BIAS_FACTOR"], 0.0
        groups.append({"params": [value], "lr": lr, "weight_decay": wd})
    return torch.optim.SGD(groups, lr=solver["BASE_LR"], momentum=0.9)
