# label: bug
# category: freeze-before-build
# rule: FRZ124
# line: 16
# truth: the base __init__ freezes self.parameters() while there are none; the encoder built later trains
import torch
from torch import nn


class BaseEncoder(nn.Module):
    def __init__(self, out_dim, freeze=False):
        super().__init__()
        self.out_dim = out_dim
        if freeze:
            for p in self.parameters():
                p.requires_grad = False


class MelEncoder(BaseEncoder):
    def __init__(self, n_mels=10, out_dim=6, freeze=False):
        super().__init__(out_dim, freeze)
        self.conv = nn.Conv1d(n_mels, 8, 3, padding=1)
        self.proj = nn.Linear(8, out_dim)

    def forward(self, mel):
        return self.proj(self.conv(mel).relu().mean(-1))


class Speaker(nn.Module):
    def __init__(self, n_speakers=3):
        super().__init__()
        self.encoder = MelEncoder(freeze=True)
        self.cls = nn.Linear(self.encoder.out_dim, n_speakers)

    def forward(self, mel):
        return self.cls(self.encoder(mel))


model = Speaker()
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 10, 12)), torch.randint(0, 3, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
