from torch.optim import SGD


def build(model, lr=0.1):
    """SGD for the head; the stem keeps its pretrained weights."""
    stem, head = model
    return SGD([
        {"params": stem.parameters(), "lr": 0.0},
        {"params": head.parameters(), "lr": lr},
    ], momentum=0.9)
