import torch

from .net import Detector


class BaseExp:
    def __init__(self):
        self.basic_lr_per_img = 0.01 / 4
        self.weight_decay = 5e-4
        self.momentum = 0.9
        self.max_epoch = 2
        self.freeze_backbone = True

    def get_model(self):
        if not hasattr(self, "model"):
            self.model = Detector()
            if self.freeze_backbone:
                for p in self.model.backbone.parameters():
                    p.requires_grad = False
        return self.model

    def get_optimizer(self, batch_size):
        lr = self.basic_lr_per_img * batch_size
        pg0, pg1, pg2 = [], [], []
        for k, v in self.model.named_parameters():
            v.requires_grad = True
            if k.endswith(".bias"):
                pg2.append(v)
            elif "norm" in k:
                pg0.append(v)
            else:
                pg1.append(v)
        optimizer = torch.optim.SGD(pg1, lr=lr, momentum=self.momentum, nesterov=True, weight_decay=self.weight_decay)
        for g in (pg0, pg2):
            if g:
                optimizer.add_param_group({"params": g, "weight_decay": 0.0})
        return optimizer
