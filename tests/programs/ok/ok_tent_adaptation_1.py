# label: ok
# category: test-time-adaptation
# rule: FRZ301, FRZ302, FRZ206
# truth: clean; 0.* and 3.* stay still, 1.* move; only the norms' affine parameters train, on batch statistics
"""TENT: minimise the entropy of predictions on the shifted test data."""
import torch
from torch import nn


def configure_model(model):
    """Train mode, because tent optimises the model to minimise entropy; grads only for the norms."""
    model.train()
    model.requires_grad_(False)
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.requires_grad_(True)
            # force use of batch stats in train and eval modes
            m.track_running_stats = False
            m.running_mean = None
            m.running_var = None
    return model


def collect_params(model):
    params, names = [], []
    for nm, m in model.named_modules():
        if isinstance(m, nn.BatchNorm1d):
            for np_, p in m.named_parameters():
                if np_ in ["weight", "bias"]:
                    params.append(p)
                    names.append(f"{nm}.{np_}")
    return params, names


@torch.enable_grad()
def forward_and_adapt(x, model, optimizer):
    outputs = model(x)
    probs = outputs.softmax(1)
    loss = -(probs * probs.log()).sum(1).mean(0)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return outputs


net = configure_model(nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3)))
params, _ = collect_params(net)
opt = torch.optim.Adam(params, lr=1e-3)
for _ in range(3):
    forward_and_adapt(torch.randn(16, 6) * 2 + 1, net, opt)
