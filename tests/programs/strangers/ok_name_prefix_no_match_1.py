# label: ok
# category: name-prefix-no-match
# rule: FRZ111
# truth: the prefix is the one the names have: the encoder is frozen
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Blobs(Dataset):
    def __len__(self):
        return 6

    def __getitem__(self, i):
        g = torch.Generator().manual_seed(i)
        img = torch.rand(1, 8, 8, generator=g)
        return img, (img > 0.5).float()


class UNet(nn.Module):
    def __init__(self, base=4):
        super().__init__()
        self.encoder = nn.ModuleDict({
            "down1": nn.Sequential(nn.Conv2d(1, base, 3, padding=1), nn.ReLU()),
            "down2": nn.Sequential(nn.Conv2d(base, base * 2, 3, 2, 1), nn.ReLU()),
        })
        self.decoder = nn.ConvTranspose2d(base * 2, base, 2, 2)
        self.outc = nn.Conv2d(base * 2, 1, 1)

    def forward(self, x):
        a = self.encoder["down1"](x)
        b = self.encoder["down2"](a)
        return self.outc(torch.cat([a, self.decoder(b)], 1))


class DiceLoss(nn.Module):
    def __init__(self, smooth=1.0):
        super().__init__()
        self.smooth = smooth

    def forward(self, logits, target):
        p = logits.sigmoid()
        inter = (p * target).sum((1, 2, 3))
        return 1 - ((2 * inter + self.smooth) / (p.sum((1, 2, 3)) + target.sum((1, 2, 3)) + self.smooth)).mean()


def main(freeze_encoder=True, epochs=2):
    torch.manual_seed(0)
    model = UNet()
    if freeze_encoder:
        for name, param in model.named_parameters():
            if name.startswith("encoder."):
                param.requires_grad = False
    optimizer = torch.optim.RMSprop([p for p in model.parameters() if p.requires_grad], lr=1e-3)
    dice, bce = DiceLoss(), nn.BCEWithLogitsLoss()
    loader = DataLoader(Blobs(), batch_size=3)
    for epoch in range(epochs):
        model.train()
        for img, mask in loader:
            out = model(img)
            loss = dice(out, mask) + bce(out, mask)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(epoch, loss.item())


if __name__ == "__main__":
    main()
