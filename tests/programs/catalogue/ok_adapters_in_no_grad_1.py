# label: ok
# category: adapters-in-no-grad
# rule: FRZ401
# truth: the frozen layer runs without gradients, the adapter behind it runs with them, and trains
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.layer = nn.Linear(d, d)
        self.adapter = nn.Linear(d, d)

    def forward(self, x):
        with torch.no_grad():
            x = torch.tanh(self.layer(x))
        return self.adapter(x)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(6, 2)
        for name, p in self.encoder.named_parameters():
            if "adapter" in name:
                p.requires_grad = True
            else:
                p.requires_grad = False

    def forward(self, x):
        return self.head(self.encoder(x))


model = Model()
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
