class Callback:
    def on_epoch_start(self, trainer, epoch):
        pass

    def on_epoch_end(self, trainer, epoch):
        pass


class GradualUnfreezing(Callback):
    """Sets one more block free at every epoch, from the top."""

    def __init__(self, every=1, factor=2.6):
        self.every, self.factor = every, factor

    def on_epoch_start(self, trainer, epoch):
        if epoch == 0 or epoch % self.every:
            return
        blocks = trainer.model.blocks
        depth = len(blocks) - epoch // self.every
        if depth < 0:
            return
        block = blocks[depth]
        for p in block.parameters():
            p.requires_grad = True
        trainer.optimizer.add_param_group(
            {"params": block.parameters(), "lr": trainer.lr / self.factor**epoch}
        )
        print(f"block {depth} set free")
