# label: bug
# category: module-attr
# rule: FRZ101
# line: 34
# truth: both leading convolutions keep requires_grad True and move, the flag landed on the modules
"""Fine-tune the tail of a small CNN on 8x8 patches."""
import torch
import torch.nn as nn
import torch.optim as optim


class PatchNet(nn.Module):
    def __init__(self, n_classes=4):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 3, padding=1)
        self.conv2 = nn.Conv2d(6, 8, 3, padding=1)
        self.fc1 = nn.Linear(8 * 4 * 4, 16)
        self.fc2 = nn.Linear(16, n_classes)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.fc2(torch.relu(self.fc1(x.flatten(1))))


torch.manual_seed(3)
net = PatchNet()

# keep the first two layers as they are
ct = 0
for param in net.children():
    ct += 1
    if ct < 3:
        param.requires_grad = False

criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
images, labels = torch.randn(16, 1, 8, 8), torch.randint(0, 4, (16,))
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(net(images), labels)
    loss.backward()
    optimizer.step()
    print(f"epoch {epoch}: {loss.item():.4f}")
