class Callback:
    def on_epoch_start(self, trainer): ...

    def on_epoch_end(self, trainer): ...


class History(Callback):
    def __init__(self):
        self.losses = []

    def on_epoch_end(self, trainer):
        self.losses.append(trainer.last_loss)


class UnfreezeAt(Callback):
    def __init__(self, epoch, part):
        self.epoch, self.part = epoch, part

    def on_epoch_start(self, trainer):
        if trainer.epoch == self.epoch:
            for p in getattr(trainer.model, self.part).parameters():
                p.requires_grad = True
