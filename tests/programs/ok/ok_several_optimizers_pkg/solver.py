from torch import nn, optim


def build_solvers(model, rates):
    solvers = {}
    for part, lr in rates.items():
        weights = [p for p in getattr(model, part).parameters() if p.requires_grad]
        solvers[part] = optim.Adam(weights, lr=lr)
    return solvers


class ContainerOptimizer:
    """Steps several optimizers as one."""

    def __init__(self, solvers):
        self.solvers = solvers

    def zero_grad(self):
        for s in self.solvers.values():
            s.zero_grad()

    def step(self, model, max_norm=None):
        if max_norm:
            nn.utils.clip_grad_norm_((p for p in model.parameters() if p.grad is not None), max_norm)
        for s in self.solvers.values():
            s.step()
