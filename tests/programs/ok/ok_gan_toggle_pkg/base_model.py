class BaseModel:
    """Common parts; set_requires_grad saves work in the pass that needs no gradients."""

    def __init__(self):
        self.optimizers, self.loss_names = [], []

    def set_requires_grad(self, nets, requires_grad=False):
        if not isinstance(nets, list):
            nets = [nets]
        for net in nets:
            if net is not None:
                for param in net.parameters():
                    param.requires_grad = requires_grad

    def current_losses(self):
        return {name: getattr(self, "loss_" + name).item() for name in self.loss_names}
