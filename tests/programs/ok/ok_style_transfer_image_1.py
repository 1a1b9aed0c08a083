# label: ok
# category: frozen-network-trained-image
# rule: FRZ206, FRZ202, FRZ407
# truth: clean; Vgg:* stay still, statistics of Vgg:* stay still, loose:* move
"""The optimised thing is the picture, the network is only the judge."""
import torch
from torch import nn, optim


class Vgg(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(inplace=False), nn.MaxPool2d(2))


def gram(x):
    b, c, h, w = x.shape
    f = x.view(b * c, h * w)
    return f @ f.t() / (b * c * h * w)


cnn = Vgg().eval()
for param in cnn.parameters():
    param.requires_grad_(False)

torch.manual_seed(0)
content, style = torch.rand(1, 3, 12, 12), torch.rand(1, 3, 12, 12)
input_img = content.clone()
input_img.requires_grad_(True)
optimizer = optim.LBFGS([input_img], max_iter=3)
target = gram(cnn(style))
for _ in range(2):

    def closure():
        optimizer.zero_grad()
        feats = cnn(input_img)
        loss = (feats - cnn(content)).pow(2).mean() + 100 * (gram(feats) - target).pow(2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
