import random
import torch


def seed_everything(seed):
    random.seed(seed)
    torch.manual_seed(seed)


def freeze_layers(model):
    for _, param in model.named_parameters():
        param.requires_grad = False
