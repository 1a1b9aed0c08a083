import torch.nn as nn


class Teacher(nn.Module):
    def __init__(self, dim=10, width=32, classes=4):
        super().__init__()
        self.fc1 = nn.Linear(dim, width)
        self.drop = nn.Dropout(p=0.3)
        self.fc2 = nn.Linear(width, classes)

    def forward(self, x):
        return self.fc2(self.drop(self.fc1(x).relu()))


class Student(nn.Module):
    def __init__(self, dim=10, classes=4):
        super().__init__()
        self.fc = nn.Linear(dim, classes)

    def forward(self, x):
        return self.fc(x)
