# label: ok
# category: last-write
# rule: FRZ114, FRZ206
# truth: unfreeze all, then freeze the encoder: the later statement wins on purpose when a run is resumed
import copy
import io
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.decoder = nn.Linear(8, 4)

    def forward(self, x):
        return self.decoder(torch.relu(self.encoder(x)))


def save(model):
    buf = io.BytesIO()
    torch.save({"model": model.state_dict(), "epoch": 1}, buf)
    buf.seek(0)
    return buf


def resume(model, buf, *, freeze_encoder):
    ckpt = torch.load(buf)
    model.load_state_dict(ckpt["model"])
    model.requires_grad_(True)
    if freeze_encoder:
        model.encoder.requires_grad_(False)
    return ckpt["epoch"]


model = Model()
model.requires_grad_(False)
start = resume(model, save(model), freeze_encoder=True)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
for epoch in range(start, start + 2):
    x = torch.randn(4, 4)
    loss = (model(x) - x).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
