# label: ok
# category: test-time-adaptation
# rule: FRZ308
# truth: clean; adapts on purpose by batch statistics: without buffers train and eval outputs are equal
import torch
from torch import nn


def configure(model):
    model.train()
    model.requires_grad_(False)
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.requires_grad_(True)
            m.track_running_stats = False
            m.running_mean = None
            m.running_var = None
    return model


torch.manual_seed(0)
model = configure(nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3)))
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for _ in range(3):
    logits = model(torch.randn(8, 4))
    entropy = -(logits.softmax(1) * logits.log_softmax(1)).sum(1).mean()
    optimizer.zero_grad()
    entropy.backward()
    optimizer.step()
x = torch.randn(8, 4)
same = torch.equal(model.train()(x), model.eval()(x))
