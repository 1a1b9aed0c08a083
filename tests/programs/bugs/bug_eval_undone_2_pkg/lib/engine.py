import torch
from torch.nn.functional import cross_entropy


def train_one_epoch(model, optimizer):
    model.train(True)
    for _ in range(2):
        x, y = torch.rand(2, 1, 8, 8) + 1, torch.randint(0, 2, (2, 8, 8))
        loss = cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.no_grad()
def validate(model):
    model.eval()
    return model(torch.rand(1, 1, 8, 8)).mean().item()
