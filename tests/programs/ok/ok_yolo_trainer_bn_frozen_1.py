# label: ok
# category: yolo-trainer-bn-frozen
# rule: FRZ301,FRZ302,FRZ102
# truth: clean
import re

import torch
from torch import nn


class ConvBnAct(nn.Module):
    def __init__(self, c1, c2):
        super().__init__()
        self.conv = nn.Conv2d(c1, c2, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(c2)

    def forward(self, x):
        return nn.functional.silu(self.bn(self.conv(x)))


class DetectionModel(nn.Module):
    def __init__(self, widths=(3, 4, 4, 6)):
        super().__init__()
        self.model = nn.Sequential(*(ConvBnAct(a, b) for a, b in zip(widths, widths[1:])))

    def forward(self, x):
        return self.model(x)


class DetectionTrainer:
    def __init__(self, overrides):
        self.args = overrides
        self.freeze_layer_names = []

    def setup(self):
        self.model = DetectionModel()
        freeze = self.args.get("freeze")
        freeze_list = freeze if isinstance(freeze, list) else range(freeze) if isinstance(freeze, int) else []
        self.freeze_layer_names = [f"model.{x}." for x in freeze_list] + [".dfl"]
        for k, v in self.model.named_parameters():
            if any(x in k for x in self.freeze_layer_names):
                v.requires_grad = False
        g = {"decay": [], "other": []}
        for n, p in self.model.named_parameters():
            if p.requires_grad:
                g["decay" if p.ndim > 1 else "other"].append(p)
        self.optimizer = torch.optim.SGD(g["other"], lr=0.1, momentum=0.9, nesterov=True)
        self.optimizer.add_param_group({"params": g["decay"], "weight_decay": 5e-4})

    def _model_train(self):
        """Set model in training mode; the norms of frozen layers stay in eval."""
        self.model.train()
        for n, m in self.model.named_modules():
            if any(re.search(re.escape(f.rstrip(".")), n) for f in self.freeze_layer_names) and isinstance(m, nn.BatchNorm2d):
                m.eval()

    def train(self):
        self.setup()
        for epoch in range(self.args["epochs"]):
            self._model_train()
            for _ in range(2):
                loss = (self.model(torch.rand(2, 3, 8, 8)) - 1).pow(2).mean()
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()


DetectionTrainer({"freeze": 2, "epochs": 2}).train()
