# label: bug
# category: cut-inner-tower
# rule: FRZ401
# line: towers.py:12
# truth: text.project.* requires grad, sits in the optimizer and has grad None: the decorated method covers it as well; image.* moves
import torch
from torch import nn

from towers import ImageTower, TextTower


class Clip(nn.Module):
    def __init__(self):
        super().__init__()
        self.text, self.image = TextTower(), ImageTower()

    def forward(self, tokens, pixels):
        return self.image(pixels) @ self.text(tokens).t()


def train(model, steps=3):
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=1e-3)
    for _ in range(steps):
        scores = model(torch.randn(4, 5), torch.randn(4, 9))
        loss = nn.functional.cross_entropy(scores, torch.arange(4))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


train(Clip())
