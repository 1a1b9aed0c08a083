# label: bug
# category: frozen-trunk-in-train-mode
# rule: FRZ301
# line: 15
# truth: the running statistics of the frozen trunk move in every step
import timm
import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset


def linear_probe_model(classes):
    net = timm.create_model("test_resnet", num_classes=classes)
    for name, param in net.named_parameters():
        param.requires_grad = name.startswith("fc")
    return net


def train_one_epoch(net, loader, opt):
    net.train()
    total = 0.0
    for x, y in loader:
        opt.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        opt.step()
        total += loss.item()
    return total


if __name__ == "__main__":
    data = TensorDataset(torch.randn(16, 3, 64, 64), torch.randint(0, 5, (16,)))
    net = linear_probe_model(5)
    bn = next(m for m in net.modules() if isinstance(m, nn.BatchNorm2d))
    before = bn.running_mean.clone()
    opt = optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.05)
    for epoch in range(2):
        print(epoch, train_one_epoch(net, DataLoader(data, batch_size=8), opt))
