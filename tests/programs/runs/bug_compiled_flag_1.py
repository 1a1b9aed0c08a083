# label: bug
# category: flag-on-compiled-model
# rule: FRZ101
# line: 18
# truth: the flag on the compiled encoder is a plain attribute: its parameters require grad and move
import torch
from torch import nn


class Autoencoder(nn.Module):
    def __init__(self, dim=10, hidden=4):
        super().__init__()
        encoder = nn.Sequential(nn.Linear(dim, hidden), nn.Tanh())
        self.encoder = torch.compile(encoder, backend="eager")
        self.decoder = nn.Linear(hidden, dim)

    def freeze_encoder(self):
        self.encoder.requires_grad = False

    def forward(self, x):
        return self.decoder(self.encoder(x))


model = Autoencoder()
model.freeze_encoder()
first = next(model.encoder.parameters())
before = first.detach().clone()
opt = torch.optim.RMSprop(model.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(16, 10)
    loss = (model(x) - x).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
