class Callback:
    def on_epoch_start(self, loop, epoch):
        pass

    def on_epoch_end(self, loop, epoch):
        pass


class BackboneUnfreeze(Callback):
    def __init__(self, at_epoch: int = 5):
        self.at_epoch = at_epoch

    def on_epoch_start(self, loop, epoch):
        if epoch == self.at_epoch:
            loop.net.backbone.requires_grad_(True)
