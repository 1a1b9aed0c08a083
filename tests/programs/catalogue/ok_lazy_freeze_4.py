# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: the pending freezes wait in an attribute and run when the warm-up is over
import torch
from torch import nn


class Warmup:
    def __init__(self, model, epochs):
        self.epochs = epochs
        self.pending = (p.requires_grad_(False) for p in model.embed.parameters())

    def epoch_end(self, epoch):
        if epoch == self.epochs:
            for _ in self.pending:
                pass


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 4)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(self.embed(x).mean(1))


model = Model()
warmup = Warmup(model, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    optimizer.zero_grad()
    model(torch.randint(0, 10, (2, 3))).sum().backward()
    optimizer.step()
    warmup.epoch_end(epoch)
print([p.requires_grad for p in model.parameters()])
