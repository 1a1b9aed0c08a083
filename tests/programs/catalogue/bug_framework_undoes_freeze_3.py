# label: bug
# category: finetuning-callback-trains-norm
# rule: FRZ504
# line: 21
# truth: the BatchNorm layers of both frozen blocks require gradients and train
import lightning as L
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn


def block(i, o):
    return nn.Sequential(nn.Linear(i, o), nn.BatchNorm1d(o), nn.ReLU())


class Net(L.LightningModule):
    def __init__(self, freeze=True):
        super().__init__()
        self.one, self.two, self.out = block(3, 6), block(6, 6), nn.Linear(6, 1)
        if freeze:
            BaseFinetuning.freeze([self.one, self.two])

    def training_step(self, batch, i):
        return self.out(self.two(self.one(batch[0]))).pow(2).mean()

    def configure_optimizers(self):
        return torch.optim.AdamW((p for p in self.parameters() if p.requires_grad), lr=0.01)


def main():
    net = Net()
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(12, 3)), batch_size=6)
    L.Trainer(max_steps=3, accelerator="cpu", logger=False, enable_checkpointing=False,
              enable_progress_bar=False, enable_model_summary=False).fit(net, data)
    return net


if __name__ == "__main__":
    torch.manual_seed(0)
    net = main()
