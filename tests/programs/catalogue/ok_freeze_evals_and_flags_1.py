# label: ok
# category: freeze-evals-and-flags
# rule: FRZ116
# truth: freeze() sets both; the encoder stands still
import torch
from torch import nn


class Regressor(nn.Module):
    def __init__(self, freeze_encoder=True):
        super().__init__()
        self.encoder = nn.Linear(4, 6)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(6, 1)
        self.freeze_encoder = freeze_encoder
        if freeze_encoder:
            self.encoder.requires_grad_(False)

    def train(self, mode=True):
        super().train(mode)
        if self.freeze_encoder:
            self.encoder.eval()
        return self

    def forward(self, x):
        return self.out(self.drop(self.encoder(x)))


lit = Regressor()
start = lit.encoder.weight.detach().clone()
optimizer = torch.optim.SGD(lit.parameters(), lr=0.1)
lit.train()
for _ in range(2):
    optimizer.zero_grad()
    lit(torch.randn(4, 4)).pow(2).sum().backward()
    optimizer.step()
