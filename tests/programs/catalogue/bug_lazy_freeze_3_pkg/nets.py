from torch import nn


class Teacher(nn.Linear):
    def __init__(self):
        super().__init__(5, 3)


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(5, 4)
        self.top = nn.Linear(4, 3)

    def forward(self, x):
        return self.top(self.stem(x).relu())
