# label: bug
# category: frozen-norm-in-train-mode
# rule: FRZ301
# line: 40
# truth: the frozen backbone runs in train mode in every step: its running means move
import torch
import torchvision
from torch import nn

REGISTRY = {}


def register(name):
    def wrap(make):
        REGISTRY[name] = make
        return make

    return wrap


@register("r18")
def r18(**options):
    net = torchvision.models.resnet18(weights=None)
    net.fc = nn.Identity()
    return net, 512


class Probe(nn.Module):
    def __init__(self, name, classes):
        super().__init__()
        self.backbone, width = REGISTRY[name]()
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        return self.head(self.backbone(x))


def freeze(module):
    for parameter in module.parameters():
        parameter.requires_grad = False


class Runner:
    def __init__(self, config):
        self.model = Probe(config["backbone"], config["classes"])
        freeze(self.model.backbone)
        self.optimizer = torch.optim.Adam(self.model.head.parameters(), lr=config["lr"])

    def run(self, steps):
        self.model.train()
        for _ in range(steps):
            loss = nn.functional.cross_entropy(self.model(torch.randn(4, 3, 32, 32)), torch.randint(0, 3, (4,)))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


runner = Runner({"backbone": "r18", "classes": 3, "lr": 1e-3})
mean = runner.model.backbone.bn1.running_mean.clone()
runner.run(3)
