# label: bug
# category: teacher-eval-undone
# rule: FRZ302
# line: 20
# truth: fit() puts the whole module into train mode, the frozen teacher with it: its dropout is active
import copy

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Distiller(nn.Module):
    def __init__(self, student, teacher):
        super().__init__()
        self.student = student
        self.teacher = teacher
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.teacher.eval()

    def forward(self, x):
        with torch.no_grad():
            wanted = self.teacher(x)
        return nn.functional.mse_loss(self.student(x), wanted)


def fit(module, loader, epochs=2):
    opt = torch.optim.SGD(module.student.parameters(), lr=0.1)
    for _ in range(epochs):
        module.train()
        for (x,) in loader:
            opt.zero_grad()
            module(x).backward()
            opt.step()


net = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Dropout(0.3), nn.Linear(12, 2))
module = Distiller(copy.deepcopy(net), net)
fit(module, DataLoader(TensorDataset(torch.randn(16, 6)), batch_size=8))
