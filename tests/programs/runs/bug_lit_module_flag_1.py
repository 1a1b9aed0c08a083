# label: bug
# category: lightning-flag-on-module
# rule: FRZ101
# line: 20
# truth: the flag is a plain attribute: all parameters of the encoder require grad and move
import warnings

import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

warnings.filterwarnings("ignore")


class LinearProbe(L.LightningModule):
    def __init__(self, encoder, classes):
        super().__init__()
        self.encoder = encoder
        self.encoder.requires_grad = False
        self.classifier = nn.Linear(12, classes)

    def forward(self, x):
        return self.classifier(self.encoder(x))

    def training_step(self, batch, _):
        x, y = batch
        loss = nn.functional.cross_entropy(self(x), y)
        self.log("loss", loss)
        return loss

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=1e-2)


def main():
    encoder = nn.Sequential(nn.Linear(5, 12), nn.LayerNorm(12), nn.ReLU())
    before = encoder[0].weight.detach().clone()
    probe = LinearProbe(encoder, 3)
    loader = DataLoader(TensorDataset(torch.randn(24, 5), torch.randint(0, 3, (24,))), batch_size=6)
    L.Trainer(
        max_steps=4, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
        enable_model_summary=False,
    ).fit(probe, loader)
    return encoder, before


if __name__ == "__main__":
    encoder, before = main()
