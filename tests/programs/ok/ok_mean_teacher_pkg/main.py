# label: ok
# category: mean-teacher
# rule: FRZ108, FRZ201, FRZ301, FRZ303, FRZ125
# truth: clean; student.* move, teacher.* follow, statistics of teacher.* move; by averaging and copying
"""Semi-supervised segmentation: consistency with an averaged teacher."""
import torch
from ema import create_ema_model, update_ema_variables
from model import SegNet
from torch import nn
from torch.nn import functional as F


class MeanTeacher(nn.Module):
    def __init__(self):
        super().__init__()
        self.student = SegNet()
        self.teacher = create_ema_model(self.student)

    def forward(self, x):
        with torch.no_grad():
            pseudo = self.teacher(x).softmax(1)
        return self.student(x), pseudo


def main(iterations=4):
    mt = MeanTeacher()
    optimizer = torch.optim.SGD(mt.student.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
    for it in range(iterations):
        mt.student.train()
        labelled, mask = torch.rand(2, 1, 6, 6), torch.randint(0, 3, (2, 6, 6))
        noisy = labelled + 0.1 * torch.randn_like(labelled)
        pred, pseudo = mt(noisy)
        loss = F.cross_entropy(pred, mask) + 0.5 * F.mse_loss(pred.softmax(1), pseudo)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        update_ema_variables(mt.student, mt.teacher, alpha=0.9, global_step=it)


main()
