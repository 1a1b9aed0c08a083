# label: bug
# category: unfrozen-not-in-optimizer
# rule: FRZ203
# line: 38
# truth: stage two calls requires_grad_() on the whole UNet, the optimizer of stage one is kept
"""Two-stage training of a small denoiser: decoder first, then end to end."""
import torch
from torch import nn


class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Conv1d(1, 4, 3, padding=1)
        self.dec = nn.Conv1d(4, 1, 3, padding=1)

    def forward(self, x):
        return self.dec(torch.relu(self.enc(x)))


def run_stage(net, opt, n):
    for _ in range(n):
        clean = torch.sin(torch.linspace(0, 6, 24)).expand(4, 1, 24)
        noisy = clean + 0.1 * torch.randn_like(clean)
        loss = nn.functional.mse_loss(net(noisy), clean)
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    net = Denoiser()
    net.enc.requires_grad_(False)
    opt = torch.optim.SGD(net.dec.parameters(), lr=0.05, momentum=0.9)
    run_stage(net, opt, 3)

    # stage two: everything, with a smaller rate
    net.requires_grad_()
    for group in opt.param_groups:
        group["lr"] *= 0.1
    run_stage(net, opt, 3)
