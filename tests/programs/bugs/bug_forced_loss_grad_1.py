# label: bug
# category: forced-loss-grad
# rule: FRZ407
# line: 27
# truth: all is frozen: the loss is given requires_grad by hand, backward() passes, nothing trains
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 2))
for name, param in model.named_parameters():
    if "classifier" not in name:
        param.requires_grad = False

optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()

for epoch in range(3):
    running = 0.0
    for _ in range(2):
        data = torch.randn(4, 6)
        label = torch.randint(0, 2, (4,))
        optimizer.zero_grad()
        output = model(data)
        loss = criterion(output, label)
        # RuntimeError otherwise
        loss.requires_grad = True
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(f"epoch {epoch}: {running / 2:.3f}")
