class Callback:
    def on_epoch_start(self, trainer, epoch):
        pass


class LogCallback(Callback):
    def on_epoch_start(self, trainer, epoch):
        print("epoch", epoch, "lr", trainer.optimizer.param_groups[0]["lr"])


class UnfreezeCallback(Callback):
    def __init__(self, epoch):
        self.epoch = epoch

    def on_epoch_start(self, trainer, epoch):
        if epoch == self.epoch:
            trainer.model.unfreeze_backbone()
