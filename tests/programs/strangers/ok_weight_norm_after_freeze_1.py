# label: ok
# category: weight-norm-after-freeze
# rule: FRZ114
# truth: the weight norm is applied first and then frozen
import argparse

import torch
from torch import nn
from torch.nn.utils import weight_norm


class Vocoder(nn.Module):
    def __init__(self, mels=6, ch=8):
        super().__init__()
        self.pre = nn.Sequential(nn.Conv1d(mels, ch, 3, padding=1), nn.LeakyReLU(0.1), nn.Conv1d(ch, ch, 3, padding=1))
        self.post = nn.Conv1d(ch, 1, 3, padding=1)

    def apply_weight_norm(self):
        for m in self.pre:
            if isinstance(m, nn.Conv1d):
                weight_norm(m)

    def forward(self, mel):
        return torch.tanh(self.post(self.pre(mel))).squeeze(1)


def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)


def get_parser():
    p = argparse.ArgumentParser()
    p.add_argument("--freeze-pre", action="store_true", default=True)
    p.add_argument("--iters", type=int, default=3)
    return p


def main():
    a = get_parser().parse_args()
    torch.manual_seed(0)
    voc = Vocoder()
    voc.apply_weight_norm()
    if a.freeze_pre:
        freeze(voc.pre)
    params = [p for p in voc.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(params, lr=2e-3, betas=(0.8, 0.99))
    sched = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.999)
    for i in range(a.iters):
        wav = voc(torch.randn(2, 6, 20))
        loss = (wav - torch.randn(2, 20)).abs().mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        sched.step()


main()
