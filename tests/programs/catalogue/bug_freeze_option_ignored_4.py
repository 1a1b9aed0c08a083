# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 20
# truth: the trainer's option train_backbone=False changes no flag: both calls leave 6 trainable tensors
import torch
from torch import nn


class TwoStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6))
        self.rpn = nn.Linear(6, 2)

    def forward(self, x):
        return self.rpn(self.backbone(x))


def finetune(model, batches, epochs=2, train_backbone=True, lr=0.01):
    """Trains the model.

    train_backbone: whether the backbone is trained as well.
    """
    # train_backbone=False keeps the backbone as it is
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(epochs):
        for x, y in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
        print(f"epoch {epoch} done")
    return model


batches = [(torch.randn(4, 6), torch.randint(0, 2, (4,))) for _ in range(2)]
for flag in (True, False):
    done = finetune(TwoStage(), batches, train_backbone=flag)
    print(flag, sum(p.requires_grad for p in done.parameters()))
