# label: bug
# category: replaced-in-loader
# rule: FRZ115
# line: 23
# truth: load_encoder puts a fresh encoder in place of the one that __init__ froze; it trains
import torch
import torch.nn as nn


def make_encoder(width):
    return nn.Sequential(nn.Conv2d(3, width, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())


class Captioner(nn.Module):
    def __init__(self, width=4, vocab=10):
        super().__init__()
        self.encoder = make_encoder(width)
        self.decoder = nn.Linear(width, vocab)
        self._freeze_encoder()

    def _freeze_encoder(self):
        for weight in self.encoder.parameters():
            weight.requires_grad = False

    def load_encoder(self, state):
        encoder = make_encoder(4)
        encoder.load_state_dict(state)
        self.encoder = encoder

    def forward(self, images):
        return self.decoder(self.encoder(images))


cap = Captioner()
cap.load_encoder(make_encoder(4).state_dict())
opt = torch.optim.Adam(cap.parameters(), lr=1e-3)
for _ in range(2):
    loss = nn.functional.cross_entropy(cap(torch.randn(2, 3, 8, 8)), torch.tensor([1, 2]))
    opt.zero_grad()
    loss.backward()
    opt.step()
