# label: ok
# category: find-compared
# rule: FRZ112
# truth: the results of find() are compared with -1 and 0
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.visual = nn.Linear(6, 4)
        self.text = nn.EmbeddingBag(10, 4)
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, img, txt):
        return self.scale * self.visual(img) @ self.text(txt).t()


net = Net()
for name, p in net.named_parameters():
    if name.find("visual") == -1 and name.find("scale") < 0:
        p.requires_grad = False
    elif name.find("visual.bias") >= 0:
        p.requires_grad = False
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.05)
for _ in range(2):
    logits = net(torch.randn(4, 6), torch.randint(0, 10, (4, 3)))
    loss = nn.functional.cross_entropy(logits, torch.arange(4))
    opt.zero_grad()
    loss.backward()
    opt.step()
