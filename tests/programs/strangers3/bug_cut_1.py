# label: bug
# category: cut
# rule: FRZ401
# line: 49
# truth: torch.no_grad() around the encoder also covers the trainable adapter inside it: the adapter never gets a gradient
import torch
from torch import nn


class Adapter(nn.Module):
    def __init__(self, d, r=2):
        super().__init__()
        self.down, self.up = nn.Linear(d, r), nn.Linear(r, d)

    def forward(self, x):
        return x + self.up(torch.relu(self.down(x)))


class Layer(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.ff = nn.Linear(d, d)
        self.adapter = Adapter(d)

    def forward(self, x):
        return self.adapter(torch.tanh(self.ff(x)))


class Encoder(nn.Module):
    def __init__(self, d=8, n=2):
        super().__init__()
        self.layers = nn.ModuleList(Layer(d) for _ in range(n))

    def forward(self, x):
        for l in self.layers:
            x = l(x)
        return x


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(8, 2)
        for n, p in self.encoder.named_parameters():
            p.requires_grad = "adapter" in n

    def forward(self, x):
        with torch.no_grad():
            feats = self.encoder(x)
        return self.head(feats)


model = Model()
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2, weight_decay=0.0)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
