# label: bug
# category: momentum-freeze
# rule: FRZ308
# line: 12
# truth: switching track_running_stats off leaves train mode on batch statistics; the frozen trunk's output depends on the batch
import torch
from torch import nn


def freeze_batch_norm(module):
    if isinstance(module, nn.modules.batchnorm._BatchNorm):
        module.track_running_stats = False
        module.weight.requires_grad_(False)
        module.bias.requires_grad_(False)


class Voice(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv1d(4, 6, 3), nn.BatchNorm1d(6), nn.ReLU())
        self.out = nn.Conv1d(6, 2, 1)

    def forward(self, x):
        return self.out(self.trunk(x))


def run(epochs=2):
    model = Voice()
    model.trunk.requires_grad_(False)
    model.trunk.apply(freeze_batch_norm)
    opt = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
    for _ in range(epochs):
        model.train()
        x = torch.randn(4, 4, 12) + 1
        loss = model(x).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


model = run()
