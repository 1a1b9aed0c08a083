# label: ok
# category: wgan-gp-input-grad
# rule: FRZ407,FRZ108,FRZ206
# truth: clean
import torch
from torch import autograd, nn
from torch.autograd import Variable

netG = nn.Sequential(nn.Linear(2, 8), nn.ReLU(True), nn.Linear(8, 2))
netD = nn.Sequential(nn.Linear(2, 8), nn.ReLU(True), nn.Linear(8, 1))
LAMBDA, CRITIC_ITERS = 0.1, 2


def calc_gradient_penalty(netD, real_data, fake_data):
    alpha = torch.rand(real_data.size(0), 1).expand(real_data.size())
    interpolates = alpha * real_data + ((1 - alpha) * fake_data)
    interpolates = autograd.Variable(interpolates, requires_grad=True)
    disc_interpolates = netD(interpolates)
    gradients = autograd.grad(
        outputs=disc_interpolates, inputs=interpolates, grad_outputs=torch.ones(disc_interpolates.size()),
        create_graph=True, retain_graph=True, only_inputs=True,
    )[0]
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean() * LAMBDA


optimizerD = torch.optim.Adam(netD.parameters(), lr=1e-4, betas=(0.5, 0.9))
optimizerG = torch.optim.Adam(netG.parameters(), lr=1e-4, betas=(0.5, 0.9))
for iteration in range(2):
    for p in netD.parameters():  # reset requires_grad
        p.requires_grad = True  # they are set to False below in netG update
    for iter_d in range(CRITIC_ITERS):
        real = torch.randn(4, 2)
        netD.zero_grad()
        netD(Variable(real)).mean().mul(-1).backward()
        with torch.no_grad():
            noisev = torch.randn(4, 2)
            fake = Variable(netG(noisev).data)
        netD(fake).mean().backward()
        calc_gradient_penalty(netD, real, fake).backward()
        optimizerD.step()
    for p in netD.parameters():
        p.requires_grad = False  # to avoid computation
    netG.zero_grad()
    (-netD(netG(torch.randn(4, 2))).mean()).backward()
    optimizerG.step()
