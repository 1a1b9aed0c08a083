# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 28
# truth: `freeze_encoder` is accepted and never read: the encoder of both models is trainable
import torch
from torch import nn

REGISTRY = {}


def register(fn):
    REGISTRY[fn.__name__] = fn
    return fn


class UNet(nn.Module):
    def __init__(self, ch, n_classes):
        super().__init__()
        self.encoder = nn.Conv2d(3, ch, 3, padding=1)
        self.decoder = nn.Conv2d(ch, n_classes, 3, padding=1)

    def forward(self, x):
        return self.decoder(torch.relu(self.encoder(x)))


@register
def unet_small(n_classes=2, pretrained=None, freeze_encoder=False):
    model = UNet(4, n_classes)
    if pretrained is not None:
        model.encoder.load_state_dict(pretrained)
    return model


def create_model(name, **kwargs):
    return REGISTRY[name](**kwargs)


weights = nn.Conv2d(3, 4, 3, padding=1).state_dict()
model = create_model("unet_small", n_classes=2, pretrained=weights, freeze_encoder=True)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
for _ in range(3):
    x, y = torch.rand(1, 3, 6, 6), torch.randint(0, 2, (1, 6, 6))
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
