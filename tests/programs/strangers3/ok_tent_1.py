# label: ok
# category: tent
# rule: FRZ301
# truth: TENT adapts the BatchNorm on purpose: only affine parameters train and the statistics are those of the batch
import torch
from torch import nn


def configure_model(model):
    """Configure model for test-time adaptation: train mode, batch statistics, only affine norms require grad."""
    model.train()
    model.requires_grad_(False)
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.requires_grad_(True)
            m.track_running_stats = False
            m.running_mean = None
            m.running_var = None
    return model


def collect_params(model):
    params, names = [], []
    for nm, m in model.named_modules():
        if isinstance(m, nn.BatchNorm2d):
            for np, p in m.named_parameters():
                if np in ["weight", "bias"]:
                    params.append(p)
                    names.append(f"{nm}.{np}")
    return params, names


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.bn, self.fc = nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.Linear(6, 3)

    def forward(self, x):
        return self.fc(torch.relu(self.bn(self.conv(x))).mean((2, 3)))


model = configure_model(Net())
params, names = collect_params(model)
opt = torch.optim.SGD(params, lr=0.01)
for _ in range(2):
    logits = model(torch.randn(4, 3, 6, 6))
    loss = -(logits.softmax(1) * logits.log_softmax(1)).sum(1).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
