# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 42
# truth: GroupNorm layers put in place of BatchNorm after SGD was built never move
import torch
from torch import nn


def bn_to_gn(module):
    """Swap every BatchNorm2d below `module` for a GroupNorm."""
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, nn.GroupNorm(2, child.num_features))
        else:
            bn_to_gn(child)


def conv_block(cin, cout):
    return nn.Sequential(nn.Conv2d(cin, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU())


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)

    def use_group_norm(self):
        bn_to_gn(self.model)

    def fit(self, batches):
        for x in batches:
            target = x.mean(1, keepdim=True)
            loss = nn.functional.mse_loss(self.model(x), target)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


model = nn.Sequential(conv_block(3, 4), conv_block(4, 4), nn.Conv2d(4, 1, 1))
trainer = Trainer(model)
trainer.use_group_norm()
trainer.fit([torch.randn(2, 3, 6, 6) for _ in range(3)])
