# label: bug
# category: yolo-freeze-list
# rule: FRZ102
# line: 43
# truth: the misspelt attribute leaves the layers of the freeze list trainable, they move
import torch
import torch.nn as nn
from torch.optim import SGD, lr_scheduler


class Conv(nn.Module):
    def __init__(self, c1, c2, k=1, s=1):
        super().__init__()
        self.conv = nn.Conv2d(c1, c2, k, s, k // 2, bias=False)
        self.bn = nn.BatchNorm2d(c2)
        self.act = nn.SiLU()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class Model(nn.Module):
    def __init__(self, cfg, ch=3):
        super().__init__()
        layers = []
        for c2, k, s in cfg["backbone"] + cfg["head"]:
            layers.append(Conv(ch, c2, k, s))
            ch = c2
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)


def train(hyp, opt):
    epochs, freeze = opt["epochs"], opt["freeze"]
    model = Model({"backbone": [(4, 3, 2), (8, 3, 2)], "head": [(6, 1, 1)]})
    freeze = [f"model.{x}." for x in (freeze if len(freeze) > 1 else range(freeze[0]))]
    for k, v in model.named_parameters():
        v.requires_grad = True
        if any(x in k for x in freeze):
            print(f"freezing {k}")
            v.required_grad = False

    g = [], [], []
    bn = tuple(v for k, v in nn.__dict__.items() if "Norm" in k)
    for v in model.modules():
        if hasattr(v, "bias") and isinstance(v.bias, nn.Parameter):
            g[2].append(v.bias)
        if isinstance(v, bn):
            g[1].append(v.weight)
        elif hasattr(v, "weight") and isinstance(v.weight, nn.Parameter):
            g[0].append(v.weight)
    optimizer = SGD(g[2], lr=hyp["lr0"], momentum=hyp["momentum"], nesterov=True)
    optimizer.add_param_group({"params": g[0], "weight_decay": hyp["weight_decay"]})
    optimizer.add_param_group({"params": g[1]})
    lf = lambda x: (1 - x / epochs) * (1.0 - hyp["lrf"]) + hyp["lrf"]
    scheduler = lr_scheduler.LambdaLR(optimizer, lr_lambda=lf)
    for epoch in range(epochs):
        model.train()
        for i in range(2):
            pred = model(torch.rand(2, 3, 16, 16))
            loss = (pred - 1).pow(2).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        scheduler.step()
    return model


if __name__ == "__main__":
    train({"lr0": 0.1, "lrf": 0.1, "momentum": 0.937, "weight_decay": 5e-4}, {"epochs": 2, "freeze": [1]})
