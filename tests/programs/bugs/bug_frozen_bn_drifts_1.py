# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: 27
# truth: no frozen weight moves but running_mean of bn1 and bn2 drifts: model.train() at each epoch
import torch
import torch.nn as nn


class ResNetish(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, num_classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.relu(self.bn2(self.conv2(x)))
        return self.fc(x.mean(dim=(2, 3)))


model_conv = ResNetish()
for param in model_conv.parameters():
    param.requires_grad = False
# parameters of newly constructed modules have requires_grad=True
model_conv.fc = nn.Linear(8, 2)

criterion = nn.CrossEntropyLoss()
optimizer_conv = torch.optim.SGD(model_conv.fc.parameters(), lr=0.01, momentum=0.9)
for epoch in range(2):
    for phase in ["train", "val"]:
        if phase == "train":
            model_conv.train()
        else:
            model_conv.eval()
        for _ in range(2):
            inputs, labels = torch.randn(4, 3, 8, 8) + 1, torch.randint(0, 2, (4,))
            optimizer_conv.zero_grad()
            with torch.set_grad_enabled(phase == "train"):
                loss = criterion(model_conv(inputs), labels)
                if phase == "train":
                    loss.backward()
                    optimizer_conv.step()
