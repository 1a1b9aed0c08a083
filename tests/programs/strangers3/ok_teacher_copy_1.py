# label: ok
# category: teacher-copy
# rule: FRZ125
# truth: the frozen deep copy is the teacher and runs forward in each step
import copy
import torch
from torch import nn
import torch.nn.functional as F


class LwF:
    """Learning without forgetting: the old model is kept as a frozen teacher."""

    def __init__(self, model, lr=0.05, lam=1.0):
        self.model = model
        self.old = None
        self.lr, self.lam = lr, lam

    def before_task(self):
        self.old = copy.deepcopy(self.model).eval()
        for p in self.old.parameters():
            p.requires_grad = False

    def train_task(self, n_steps):
        opt = torch.optim.SGD(self.model.parameters(), lr=self.lr)
        self.model.train()
        for _ in range(n_steps):
            x, y = torch.randn(4, 5), torch.randint(0, 3, (4,))
            out = self.model(x)
            loss = F.cross_entropy(out, y)
            if self.old is not None:
                loss = loss + self.lam * F.mse_loss(out, self.old(x))
            opt.zero_grad()
            loss.backward()
            opt.step()


lwf = LwF(nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 3)))
for task in range(2):
    if task > 0:
        lwf.before_task()
    lwf.train_task(2)
