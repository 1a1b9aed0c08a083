# label: ok
# category: norms-kept-in-eval-mode
# rule: FRZ301, FRZ302
# truth: after every train() the batch norms of the frozen trunk are put into eval mode: their statistics stand still
import timm
import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset


def probe(classes):
    net = timm.create_model("test_resnet", num_classes=classes)
    for name, param in net.named_parameters():
        param.requires_grad = name.startswith("fc")
    return net


def train_one_epoch(net, loader, opt):
    net.train()
    for m in net.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            m.eval()
    for x, y in loader:
        opt.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(net(x), y).backward()
        opt.step()


if __name__ == "__main__":
    data = TensorDataset(torch.randn(8, 3, 64, 64), torch.randint(0, 5, (8,)))
    net = probe(5)
    bn = next(m for m in net.modules() if isinstance(m, nn.BatchNorm2d))
    before = bn.running_mean.clone()
    opt = optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.05)
    for epoch in range(2):
        train_one_epoch(net, DataLoader(data, batch_size=4), opt)
