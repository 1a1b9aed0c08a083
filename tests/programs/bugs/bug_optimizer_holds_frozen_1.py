# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: 31
# truth: Adam is given six tensors, four are frozen, never get a gradient and do not move
import torch
import torch.nn as nn

torch.manual_seed(7)


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 32)
        self.fc2 = nn.Linear(32, 32)
        self.out = nn.Linear(32, 5)

    def forward(self, x):
        x = self.fc1(x).relu()
        x = self.fc2(x).relu()
        return self.out(x)


model = MLP()
# freeze everything but the output layer
for layer in (model.fc1, model.fc2):
    for p in layer.parameters():
        p.requires_grad = False

optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
loss_fn = nn.CrossEntropyLoss()

for step in range(4):
    inputs = torch.randn(10, 20)
    targets = torch.randint(0, 5, (10,))
    optimizer.zero_grad()
    loss = loss_fn(model(inputs), targets)
    loss.backward()
    optimizer.step()
