# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: the mark on the layers is read when the optimizer's list is made, and flags follow it
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
for layer in model:
    layer.trainable = True
model[0].trainable = False


def apply_marks(net):
    for layer in net.children():
        for p in layer.parameters():
            p.requires_grad = getattr(layer, "trainable", True)


apply_marks(model)
sgd = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.01)
model(torch.randn(2, 4)).mean().backward()
sgd.step()
print([p.requires_grad for p in model.parameters()])
