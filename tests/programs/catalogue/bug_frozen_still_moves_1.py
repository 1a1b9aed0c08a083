# label: bug
# category: frozen-still-moves
# rule: FRZ202
# line: 20
# truth: the backbone keeps moving after epoch 2 although its flags are off: the gradients are zeros, the momentum is not
import torch
from torch import nn

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(6, 12), nn.Tanh())
head = nn.Linear(12, 2)
net = nn.Sequential(backbone, head)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
x, y = torch.randn(32, 6), torch.randint(0, 2, (32,))

for epoch in range(5):
    if epoch == 2:
        print("freezing the backbone")
        for p in backbone.parameters():  # from here on only the head is meant to train
            p.requires_grad = False
    opt.zero_grad(set_to_none=False)
    loss = nn.functional.cross_entropy(net(x), y)
    loss.backward()
    opt.step()
    print(epoch, loss.item())
