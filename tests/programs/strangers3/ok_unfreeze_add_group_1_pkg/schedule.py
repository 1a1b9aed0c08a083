class GradualUnfreezer:
    """Unfreezes one stage, from the top, every few epochs."""

    def __init__(self, model, optimizer, every=1, lr_decay=0.5):
        self.model, self.optimizer = model, optimizer
        self.every, self.lr_decay = every, lr_decay

    def on_epoch(self, epoch):
        if epoch == 0 or epoch % self.every:
            return
        k = len(self.model.stages) - epoch // self.every
        if k < 0:
            return
        stage = self.model.stages[k]
        for p in stage.parameters():
            p.requires_grad = True
        lr = self.optimizer.param_groups[-1]["lr"] * self.lr_decay
        self.optimizer.add_param_group({"params": stage.parameters(), "lr": lr})
