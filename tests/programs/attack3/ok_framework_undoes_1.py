# label: ok
# category: framework-undoes
# rule: FRZ504
# truth: the backbone has LayerNorm only, so BaseFinetuning.freeze leaves nothing trainable in it
import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Unfreezer(BaseFinetuning):
    def __init__(self, at=1):
        super().__init__()
        self.at = at

    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.encoder)

    def finetune_function(self, pl_module, epoch, optimizer):
        if epoch == self.at:
            self.unfreeze_and_add_param_group(pl_module.encoder, optimizer, lr=1e-4)


class Model(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.GELU())
        self.out = nn.Linear(8, 1)

    def training_step(self, batch, _):
        return nn.functional.mse_loss(self.out(self.encoder(batch[0])), batch[1])

    def configure_optimizers(self):
        return torch.optim.AdamW([p for p in self.parameters() if p.requires_grad], lr=1e-3)


model = Model()
loader = DataLoader(TensorDataset(torch.randn(8, 6), torch.randn(8, 1)), batch_size=4)
pl.Trainer(max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
           enable_model_summary=False, callbacks=[Unfreezer()]).fit(model, loader)
