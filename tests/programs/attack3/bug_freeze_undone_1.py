# label: bug
# category: freeze-undone
# rule: FRZ114
# line: 35
# truth: weight_norm after the freeze makes new trainable weight_g and weight_v: the encoder convolutions move
import torch
from torch import nn
from torch.nn.utils import weight_norm


class Vocoder(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv1d(1, ch, 3, padding=1), nn.LeakyReLU(0.1), nn.Conv1d(ch, ch, 3, padding=1))
        self.generator = nn.Sequential(nn.Conv1d(ch, ch, 3, padding=1), nn.LeakyReLU(0.1), nn.Conv1d(ch, 1, 7, padding=3))

    def forward(self, x):
        return torch.tanh(self.generator(self.encoder(x)))

    def apply_weight_norm(self):
        def _apply(m):
            if isinstance(m, nn.Conv1d):
                weight_norm(m)
        self.apply(_apply)

    def freeze_encoder(self):
        for p in self.encoder.parameters():
            p.requires_grad = False


def main():
    torch.manual_seed(0)
    model = Vocoder()
    model.freeze_encoder()
    model.apply_weight_norm()
    opt = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3, betas=(0.8, 0.99))
    for _ in range(3):
        wav = torch.randn(2, 1, 32)
        loss = nn.functional.l1_loss(model(wav), wav)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


model = main()
