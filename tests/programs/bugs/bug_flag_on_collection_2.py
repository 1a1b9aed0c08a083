# label: bug
# category: flag-on-collection
# rule: FRZ107
# line: 21
# truth: named_parameters() yields tuples, which take no attribute
# raises: AttributeError
import torch
import torch.nn as nn


class UNetSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 4, 3, stride=2, padding=1)
        self.mid = nn.Conv2d(4, 4, 3, padding=1)
        self.up = nn.ConvTranspose2d(4, 1, 2, stride=2)

    def freeze_down(self):
        """The contracting path comes from another task."""
        for param in self.down.named_parameters():
            param.requires_grad = False

    def forward(self, x):
        return self.up(torch.relu(self.mid(torch.relu(self.down(x)))))


def main():
    unet = UNetSmall()
    unet.freeze_down()
    trainable = [p for p in unet.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(trainable, lr=1e-3)
    for _ in range(2):
        mask = torch.randint(0, 2, (2, 1, 8, 8)).float()
        logits = unet(torch.randn(2, 1, 8, 8))
        loss = nn.functional.binary_cross_entropy_with_logits(logits, mask)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
