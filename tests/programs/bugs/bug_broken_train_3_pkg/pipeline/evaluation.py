import torch


@torch.no_grad()
def check(model):
    model.eval()
    x = torch.rand(4, 6)
    return (model(x).sigmoid() - x).abs().mean().item()
