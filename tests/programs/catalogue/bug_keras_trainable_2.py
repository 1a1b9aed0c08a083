# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 12
# truth: all four parameters of the two linear layers still require grad after the helper
from torch import nn, optim, randn


def freeze_layers(model, upto):
    for i, layer in enumerate(model.children()):
        if i < upto:
            layer.trainable = False
    return model


stack = nn.Sequential(nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 1))
freeze_layers(stack, 1)
trainer = optim.Adam(stack.parameters(), lr=1e-2)
for _ in range(2):
    trainer.zero_grad()
    stack(randn(5, 4)).pow(2).mean().backward()
    trainer.step()
print([p.requires_grad for p in stack.parameters()])
