# label: ok
# category: comparison-as-condition
# rule: FRZ103, FRZ201, FRZ104
# truth: clean; features.* stay still, statistics of features.1 stay still, classifier.* move
import torch
import torch.nn as nn
import torch.optim as optim


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.classifier = nn.Linear(8, 2)

    def forward(self, x):
        return self.classifier(self.features(x))


model = Small()
for p in model.features.parameters():
    if p.requires_grad == True:  # noqa: E712
        p.requires_grad = False

assert all(p.requires_grad == False for p in model.features.parameters())  # noqa: E712
frozen = [n for n, p in model.named_parameters() if p.requires_grad is False]
is_open = model.classifier.weight.requires_grad == True  # noqa: E712
print(f"frozen: {frozen}, head open: {is_open}, first: {is_open is True}")

optimizer = optim.SGD(filter(lambda q: q.requires_grad == True, model.parameters()), lr=0.1)  # noqa: E712
criterion = nn.CrossEntropyLoss()
for epoch in range(3):
    model.train()
    model.features.eval()
    optimizer.zero_grad()
    loss = criterion(model(torch.randn(8, 5)), torch.randint(0, 2, (8,)))
    loss.backward()
    optimizer.step()
