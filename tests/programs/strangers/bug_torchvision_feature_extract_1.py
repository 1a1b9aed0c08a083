# label: bug
# category: torchvision-feature-extract
# rule: FRZ301
# line: 19
# truth: every flag but that of fc is off, model.train() keeps BatchNorm of the frozen layers in train mode: statistics drift
import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

BATCH, EPOCHS, CLASSES = 2, 2, 4

torch.manual_seed(0)
ds = TensorDataset(torch.rand(4, 3, 32, 32), torch.randint(0, CLASSES, (4,)))
loader = DataLoader(ds, batch_size=BATCH)

net = torchvision.models.resnet18()
for param in net.parameters():
    param.requires_grad = False
net.fc = nn.Linear(net.fc.in_features, CLASSES)

criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.fc.parameters(), lr=1e-3)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)


def train(net, loader):
    net.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def test(net, loader):
    net.eval()
    hits = 0
    with torch.no_grad():
        for x, y in loader:
            hits += (net(x).argmax(1) == y).sum().item()
    return hits / len(loader.dataset)


for epoch in range(EPOCHS):
    loss = train(net, loader)
    scheduler.step(loss)
    print(f"{epoch}: loss {loss:.3f} acc {test(net, loader):.3f}")
