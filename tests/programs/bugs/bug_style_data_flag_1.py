# label: bug
# category: style-data-flag
# rule: FRZ108
# line: 17
# truth: `.data` is another tensor each time: the perceptual net's weights still require grad and get gradients
import torch
import torch.nn as nn
import torchvision


class LossNetwork(nn.Module):
    def __init__(self, n_layers=5):
        super().__init__()
        vgg = torchvision.models.vgg11(weights=None)
        self.slices = nn.Sequential(*[vgg.features[i] for i in range(n_layers)])
        for param in self.slices.parameters():
            param.data.requires_grad = False

    def forward(self, x):
        return self.slices(x)


class TransformerNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.norm = nn.InstanceNorm2d(3, affine=True)

    def forward(self, x):
        return self.norm(self.conv(x))


transformer, vgg = TransformerNet(), LossNetwork()
optimizer = torch.optim.Adam(transformer.parameters(), 1e-3)
mse = nn.MSELoss()
for batch_id in range(2):
    x = torch.rand(1, 3, 16, 16)
    optimizer.zero_grad()
    content_loss = mse(vgg(transformer(x)), vgg(x))
    content_loss.backward()
    optimizer.step()
