# label: ok
# category: all-parameters-needed-by-a-later-unfreeze
# rule: FRZ201, FRZ203
# truth: clean; body.* move, head.* move; the body stands still in the first two of five epochs
import torch
from torch import nn
from torch.optim.lr_scheduler import StepLR


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 10), nn.LayerNorm(10), nn.ReLU())
        self.head = nn.Linear(10, 3)

    def forward(self, x):
        return self.head(self.body(x))


WARMUP_EPOCHS = 2
torch.manual_seed(0)
model = Model()
for p in model.body.parameters():
    p.requires_grad = False
# all parameters on purpose: the body joins after the warm-up
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
scheduler = StepLR(optimizer, step_size=2, gamma=0.5)
before = model.body[0].weight.clone()

for epoch in range(5):
    if epoch == WARMUP_EPOCHS:
        assert torch.equal(before, model.body[0].weight)
        for p in model.body.parameters():
            p.requires_grad = True
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 3, (8,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    scheduler.step()
