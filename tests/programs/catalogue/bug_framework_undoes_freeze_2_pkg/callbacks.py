from lightning.pytorch.callbacks import BaseFinetuning


class FreezeEncoder(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.encoder)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass
