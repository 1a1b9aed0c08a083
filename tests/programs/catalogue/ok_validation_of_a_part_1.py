# label: ok
# category: validation-of-a-part
# rule: FRZ116
# truth: the decoder is put in eval mode for sampling between the epochs and is trained at all others
import torch
from torch import nn


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 2)
        self.decoder = nn.Linear(2, 6)

    def forward(self, x):
        return self.decoder(self.encoder(x))


@torch.no_grad()
def sample(vae):
    vae.decoder.eval()
    images = vae.decoder(torch.randn(3, 2))
    vae.decoder.train()
    return images


vae = Vae()
start = vae.decoder.weight.detach().clone()
optimizer = torch.optim.SGD(vae.parameters(), lr=0.1)
for epoch in range(2):
    x = torch.randn(4, 6)
    loss = (vae(x) - x).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    sample(vae)
