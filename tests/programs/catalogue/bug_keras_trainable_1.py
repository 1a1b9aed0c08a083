# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 18
# truth: the flags of net.features stay True, its weights move in the one step
import torch
import torch.nn as nn

torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 12))
        self.classifier = nn.Linear(12, 2)

        self.features.trainable = False

    def forward(self, x):
        return self.classifier(self.features(x))


net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
before = net.features[0].weight.clone()
loss = nn.functional.cross_entropy(net(torch.randn(8, 6)), torch.randint(0, 2, (8,)))
loss.backward()
opt.step()
print({p.requires_grad for p in net.features.parameters()}, not torch.equal(before, net.features[0].weight))
