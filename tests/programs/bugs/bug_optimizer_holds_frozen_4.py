# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: 30
# truth: the chained optimizer holds all tensors of the frozen image encoder, grads stay None
import itertools

import torch
from torch import nn, optim

OPTIMIZERS = {"sgd": optim.SGD, "adam": optim.Adam, "adamw": optim.AdamW}


def freeze(net):
    for w in net.parameters():
        w.requires_grad_(False)
    return net


def caption_loss(img_enc, decoder, img, tokens):
    ctx = img_enc(img)
    logits = decoder(torch.cat([ctx, tokens], dim=1))
    return nn.functional.mse_loss(logits, tokens)


def train(name="adamw", steps=3):
    img_enc = freeze(nn.Linear(9, 4))
    decoder = nn.Sequential(nn.Linear(10, 12), nn.ReLU(), nn.Linear(12, 6))
    params = itertools.chain(img_enc.parameters(), decoder.parameters())
    optimizer = OPTIMIZERS[name](params, lr=1e-3)
    for _ in range(steps):
        loss = caption_loss(img_enc, decoder, torch.randn(5, 9), torch.randn(5, 6))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return img_enc, decoder, optimizer


if __name__ == "__main__":
    img_enc, decoder, optimizer = train()
