# label: bug
# category: byol-momentum-override
# rule: FRZ105
# line: 32
# truth: `requires_grad_` is overwritten on the target, whose parameters keep their flag
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import models


class MLPHead(nn.Sequential):
    def __init__(self, d, h, o):
        super().__init__(nn.Linear(d, h), nn.ReLU(inplace=True), nn.Linear(h, o))


class BYOL(nn.Module):
    def __init__(self, m=0.99):
        super().__init__()
        net = models.squeezenet1_1(weights=None).features[:3]
        self.online_network = nn.Sequential(net, nn.AdaptiveAvgPool2d(1), nn.Flatten(), MLPHead(64, 16, 8))
        self.target_network = copy.deepcopy(self.online_network)
        self.predictor = MLPHead(8, 16, 8)
        self.m = m
        self.initializes_target_network()

    def initializes_target_network(self):
        for param_q, param_k in zip(self.online_network.parameters(), self.target_network.parameters()):
            param_k.data.copy_(param_q.data)
            param_k.requires_grad_ = False

    @torch.no_grad()
    def _update_target_network_parameters(self):
        for param_q, param_k in zip(self.online_network.parameters(), self.target_network.parameters()):
            param_k.data = param_k.data * self.m + param_q.data * (1.0 - self.m)

    def forward(self, v1, v2):
        p = F.normalize(self.predictor(self.online_network(v1)), dim=1)
        with torch.no_grad():
            z = F.normalize(self.target_network(v2), dim=1)
        return 2 - 2 * (p * z).sum(dim=-1)


learner = BYOL()
opt = torch.optim.SGD(list(learner.online_network.parameters()) + list(learner.predictor.parameters()), lr=0.03)
for _ in range(2):
    loss = learner(torch.rand(2, 3, 32, 32), torch.rand(2, 3, 32, 32)).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    learner._update_target_network_parameters()
