# label: ok
# category: bn-eval-apply-each-epoch
# rule: FRZ302,FRZ301
# truth: clean
import torch
import torch.nn.functional as F
from torch import nn


def fix_bn(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm") != -1:
        m.eval()


class FCN(nn.Module):
    def __init__(self):
        super(FCN, self).__init__()
        self.enc = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.cls = nn.Conv2d(8, 3, 1)
        for p in self.enc[1].parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.cls(self.enc(x))


def train(epoch, net, opt, args):
    net.train()
    if args["fix_bn"]:
        net.apply(fix_bn)
    for i in range(2):
        out = net(torch.rand(2, 3, 6, 6))
        loss = F.cross_entropy(out, torch.randint(0, 3, (2, 6, 6)), ignore_index=255)
        opt.zero_grad()
        loss.backward()
        opt.step()
        lr = 0.1 * (1 - float(i + epoch * 2) / 4) ** 0.9
        opt.param_groups[0]["lr"] = lr


@torch.no_grad()
def validate(net):
    net.eval()
    return net(torch.rand(1, 3, 6, 6)).argmax(1)


args = {"fix_bn": True, "epochs": 2}
net = FCN()
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1, weight_decay=1e-4)
for epoch in range(args["epochs"]):
    train(epoch, net, opt, args)
    validate(net)
