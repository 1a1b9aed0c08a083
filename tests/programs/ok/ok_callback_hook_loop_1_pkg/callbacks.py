class Callback:
    def on_epoch_start(self, trainer): ...

    def on_train_mode(self, trainer): ...


class KeepEval(Callback):
    def __init__(self, *parts):
        self.parts = parts

    def on_train_mode(self, trainer):
        for part in self.parts:
            getattr(trainer.model, part).eval()


class UnfreezeAt(Callback):
    def __init__(self, epoch, part):
        self.epoch, self.part = epoch, part

    def on_epoch_start(self, trainer):
        if trainer.epoch == self.epoch:
            part = getattr(trainer.model, self.part)
            for p in part.parameters():
                p.requires_grad = True
            trainer.optimizer.add_param_group({"params": list(part.parameters()), "lr": 1e-3})
