# label: bug
# category: nothing-left-to-train
# rule: FRZ206
# line: 27
# truth: the freeze comes after the new fc and takes it too, backward() raises
# raises: RuntimeError
import torch
import torch.nn as nn


class SmallResNet(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 4, 3, padding=1)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        x = self.conv1(x).relu()
        x = (x + self.conv2(x)).relu()
        return self.fc(x.mean((2, 3)))


model_ft = SmallResNet()
model_ft.fc = nn.Linear(model_ft.fc.in_features, 2)
for param in model_ft.parameters():
    param.requires_grad = False

optimizer = torch.optim.SGD(model_ft.fc.parameters(), lr=0.001, momentum=0.9)
criterion = nn.CrossEntropyLoss()
for epoch in range(2):
    outputs = model_ft(torch.randn(4, 3, 8, 8))
    loss = criterion(outputs, torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
