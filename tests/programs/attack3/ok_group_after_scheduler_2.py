# label: ok
# category: group-after-scheduler
# rule: FRZ209
# truth: after the unfreeze a new LambdaLR is made over both groups; no step raises and both rates follow
import torch
from torch import nn


class Stage:
    def __init__(self, model):
        self.model = model
        model["body"].requires_grad_(False)
        self.opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
        self.sched = self._schedule()

    def _schedule(self):
        return torch.optim.lr_scheduler.LambdaLR(self.opt, lambda e: 0.9 ** e)

    def unfreeze(self):
        self.model["body"].requires_grad_(True)
        self.opt.add_param_group({"params": self.model["body"].parameters(), "lr": 1e-3, "initial_lr": 1e-3})
        self.sched = self._schedule()

    def epochs(self, n):
        for _ in range(n):
            y = self.model["head"](self.model["body"](torch.randn(6, 4)).tanh())
            self.opt.zero_grad()
            y.pow(2).mean().backward()
            self.opt.step()
            self.sched.step()


model = nn.ModuleDict({"body": nn.Linear(4, 4), "head": nn.Linear(4, 1)})
stage = Stage(model)
stage.epochs(2)
stage.unfreeze()
stage.epochs(2)
