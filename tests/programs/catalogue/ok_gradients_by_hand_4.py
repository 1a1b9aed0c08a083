# label: ok
# category: gradients-by-hand
# rule: FRZ208
# truth: a hand-written zero_grad() before backward(): every parameter gets a real gradient before each step
import torch
from torch import nn


def clear(model):
    for p in model.parameters():
        if p.grad is not None:
            p.grad.detach_()
            p.grad.zero_()


def fit(model, optimizer, batches):
    for x in batches:
        clear(model)
        loss = model(x).abs().mean()
        loss.backward()
        for p in model.parameters():
            p.grad.clamp_(-1, 1)
        optimizer.step()


torch.manual_seed(0)
mlp = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
fit(mlp, torch.optim.Adam(mlp.parameters(), weight_decay=1e-2), [torch.randn(8, 4) for _ in range(4)])
