class Callback:
    def on_fit_start(self, engine): ...

    def on_epoch_start(self, engine, epoch): ...


class UnfreezeAtEpoch(Callback):
    """Freezes a part before the optimizer exists; later opens it and hands it to the optimizer."""

    def __init__(self, part, epoch, lr_scale=1.0):
        self.part, self.epoch, self.lr_scale = part, epoch, lr_scale

    def on_fit_start(self, engine):
        for p in engine.model.get_submodule(self.part).parameters():
            p.requires_grad = False
        self.start = [p.clone() for p in engine.model.get_submodule(self.part).parameters()]

    def on_epoch_start(self, engine, epoch):
        if epoch != self.epoch:
            return
        params = list(engine.model.get_submodule(self.part).parameters())
        assert all(a.equal(b) for a, b in zip(self.start, params))
        for p in params:
            p.requires_grad = True
        lr = engine.optimizer.param_groups[0]["lr"] * self.lr_scale
        engine.optimizer.add_param_group({"params": params, "lr": lr})
