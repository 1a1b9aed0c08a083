# label: bug
# category: gan-lambda-filter
# rule: FRZ205
# line: 49
# truth: the filter object was spent on counting; the optimizer of the generator gets no parameters
# raises: ValueError
import torch
import torch.nn as nn


class Generator(nn.Module):
    def __init__(self, nz=8, ngf=6):
        super().__init__()
        self.main = nn.Sequential(nn.Linear(nz, ngf), nn.LeakyReLU(0.2), nn.Linear(ngf, 2), nn.Tanh())

    def forward(self, input):
        return self.main(input)


class Discriminator(nn.Module):
    def __init__(self, ndf=6):
        super().__init__()
        self.main = nn.Sequential(nn.Linear(2, ndf), nn.LeakyReLU(0.2), nn.Linear(ndf, 1), nn.Sigmoid())

    def forward(self, input):
        return self.main(input).view(-1)


def weights_init(m):
    if m.__class__.__name__.find("Linear") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)


def describe(name, params):
    n = 0
    for p in params:
        n += p.numel()
    print(f"{name}: {n / 1e6:.4f}M")


netG = Generator()
netG.apply(weights_init)
netD = Discriminator()
netD.apply(weights_init)
g_params = filter(lambda p: p.requires_grad, netG.parameters())
d_params = filter(lambda p: p.requires_grad, netD.parameters())
describe("G", g_params)
optimizerD = torch.optim.Adam(d_params, lr=2e-4, betas=(0.5, 0.999))
optimizerG = torch.optim.Adam(g_params, lr=2e-4, betas=(0.5, 0.999))
criterion = nn.BCELoss()
for i in range(2):
    netD.zero_grad()
    fake = netG(torch.randn(4, 8))
    criterion(netD(fake.detach()), torch.zeros(4)).backward()
    optimizerD.step()
    netG.zero_grad()
    criterion(netD(fake), torch.ones(4)).backward()
    optimizerG.step()
