# label: ok
# category: frozen-teacher
# rule: FRZ301, FRZ302, FRZ303
# truth: the override of train keeps the teacher in eval mode: its statistics stand still
import warnings

import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

warnings.filterwarnings("ignore")


def network():
    return nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.2), nn.Linear(12, 3))


class Distill(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.student, self.teacher = network(), network()
        self.teacher.requires_grad_(False)

    def train(self, mode=True):
        super().train(mode)
        self.teacher.eval()
        return self

    def training_step(self, batch, _):
        (x,) = batch
        with torch.no_grad():
            soft = self.teacher(x).softmax(-1)
        return -(soft * self.student(x).log_softmax(-1)).sum(-1).mean()

    def configure_optimizers(self):
        return torch.optim.Adam(self.student.parameters(), lr=1e-3)


module = Distill()
mean = module.teacher[1].running_mean.clone()
module.train()
L.Trainer(
    max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
    enable_model_summary=False,
).fit(module, DataLoader(TensorDataset(torch.randn(16, 6)), batch_size=8))
