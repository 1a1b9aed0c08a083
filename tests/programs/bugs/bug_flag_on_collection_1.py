# label: bug
# category: flag-on-collection
# rule: FRZ107
# line: 23
# truth: a generator has no such attribute, the script stops there
# raises: AttributeError
import torch
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR

IN, OUT = 9, 2


def make_model():
    return nn.Sequential(
        nn.Sequential(nn.Linear(IN, 20), nn.ReLU(), nn.Linear(20, 20)),
        nn.Linear(20, OUT),
    )


model = make_model()
features, classifier = model
features.parameters().requires_grad = False

opt = torch.optim.SGD(classifier.parameters(), lr=0.1)
sched = ExponentialLR(opt, gamma=0.9)
for epoch in range(2):
    x, y = torch.randn(6, IN), torch.randint(0, OUT, (6,))
    loss = nn.functional.cross_entropy(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    sched.step()
