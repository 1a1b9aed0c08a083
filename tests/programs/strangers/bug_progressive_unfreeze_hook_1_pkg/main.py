# label: bug
# category: progressive-unfreeze-hook
# rule: FRZ203
# line: ft/callbacks.py:24
# truth: the blocks that are set free epoch by epoch are in no optimizer: they never move
import torch
from torch import nn

from ft import GradualUnfreezing, Trainer


class Stack(nn.Module):
    def __init__(self, dim=8, depth=4, classes=3):
        super().__init__()
        self.embed = nn.Linear(5, dim)
        self.blocks = nn.ModuleList(nn.Sequential(nn.Linear(dim, dim), nn.GELU()) for _ in range(depth))
        self.head = nn.Linear(dim, classes)

    def forward(self, x):
        x = self.embed(x)
        for b in self.blocks:
            x = x + b(x)
        return self.head(x)


if __name__ == "__main__":
    torch.manual_seed(0)
    model = Stack()
    for part in (model.embed, model.blocks):
        part.requires_grad_(False)
    loader = [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(2)]
    Trainer(model, 1e-2, [GradualUnfreezing()]).fit(loader, epochs=3)
