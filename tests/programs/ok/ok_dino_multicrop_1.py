# label: ok
# category: dino-multicrop
# rule: FRZ206,FRZ301,FRZ303,FRZ117
# truth: clean
import math

import torch
import torch.nn as nn


class DINOHead(nn.Module):
    def __init__(self, in_dim, out_dim, norm_last_layer=True):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(in_dim, 8), nn.GELU())
        self.last_layer = nn.utils.weight_norm(nn.Linear(8, out_dim, bias=False))
        self.last_layer.weight_g.data.fill_(1)
        if norm_last_layer:
            self.last_layer.weight_g.requires_grad = False

    def forward(self, x):
        return self.last_layer(nn.functional.normalize(self.mlp(x), dim=-1))


class MultiCropWrapper(nn.Module):
    def __init__(self, backbone, head):
        super().__init__()
        self.backbone, self.head = backbone, head

    def forward(self, xs):
        return self.head(torch.cat([self.backbone(x) for x in xs]))


def cancel_gradients_last_layer(epoch, model, freeze_last_layer):
    if epoch >= freeze_last_layer:
        return
    for n, p in model.named_parameters():
        if "last_layer" in n:
            p.grad = None


def get_params_groups(model):
    regularized, not_regularized = [], []
    for name, param in model.named_parameters():
        if not param.requires_grad:
            continue
        if name.endswith(".bias") or len(param.shape) == 1:
            not_regularized.append(param)
        else:
            regularized.append(param)
    return [{"params": regularized}, {"params": not_regularized, "weight_decay": 0.0}]


def body():
    return nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.GELU())


student = MultiCropWrapper(body(), DINOHead(8, 5))
teacher = MultiCropWrapper(body(), DINOHead(8, 5))
teacher.load_state_dict(student.state_dict())
for p in teacher.parameters():
    p.requires_grad = False
optimizer = torch.optim.AdamW(get_params_groups(student))
for epoch in range(2):
    for it in range(2):
        optimizer.param_groups[0]["lr"] = 1e-2 * (1 + math.cos(math.pi * it / 2)) / 2 + 1e-3
        views = [torch.randn(4, 6) for _ in range(2)]
        t_out = teacher(views)
        loss = -(nn.functional.softmax(t_out.detach() / 0.04, -1) * nn.functional.log_softmax(student(views), -1)).sum(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        cancel_gradients_last_layer(epoch, student, 1)
        optimizer.step()
        with torch.no_grad():
            for param_q, param_k in zip(student.parameters(), teacher.parameters()):
                param_k.data.mul_(0.99).add_(0.01 * param_q.detach().data)
