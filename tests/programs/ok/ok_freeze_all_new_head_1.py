# label: ok
# category: freeze-all-then-new-head
# rule: FRZ206, FRZ115, FRZ204
# truth: clean; conv.* stay still, fc.* move
"""The transfer-learning idiom, on a small stand-in for a pretrained network."""
import torch
import torch.nn as nn
import torch.optim as optim
from torch.optim import lr_scheduler


class PretrainedNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(8, 1000)

    def forward(self, x):
        return self.fc(self.conv(x))


model_conv = PretrainedNet()
for param in model_conv.parameters():
    param.requires_grad = False

# Parameters of newly constructed modules have requires_grad=True by default
num_ftrs = model_conv.fc.in_features
model_conv.fc = nn.Linear(num_ftrs, 2)
criterion = nn.CrossEntropyLoss()
optimizer_conv = optim.SGD(model_conv.fc.parameters(), lr=0.01, momentum=0.9)
exp_lr_scheduler = lr_scheduler.StepLR(optimizer_conv, step_size=7, gamma=0.1)

for epoch in range(2):
    for phase in ["train", "val"]:
        if phase == "train":
            model_conv.train()
        else:
            model_conv.eval()
        inputs, labels = torch.rand(4, 3, 8, 8), torch.randint(0, 2, (4,))
        optimizer_conv.zero_grad()
        with torch.set_grad_enabled(phase == "train"):
            loss = criterion(model_conv(inputs), labels)
            if phase == "train":
                loss.backward()
                optimizer_conv.step()
    exp_lr_scheduler.step()
