# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: the list of head names is for any architecture; one of them is in this one, and it trains
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.classifier = nn.Linear(4, 2)

    def forward(self, x):
        return self.classifier(self.body(x))


HEADS = ("fc", "classifier", "head")


def only_head(model):
    for name, p in model.named_parameters():
        p.requires_grad = any(head in name for head in HEADS)


net = Net()
only_head(net)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net(torch.randn(2, 4)).sum().backward()
optimizer.step()
print([p.requires_grad for p in net.parameters()])
