# label: bug
# category: frozen-dropout
# rule: FRZ303
# line: 34
# truth: the frozen extractor's dropout is active in training: one batch gives two different features
import torch
from torch import nn

torch.manual_seed(0)


class Extractor(nn.Module):
    def __init__(self, d_in=10, d_out=16):
        super().__init__()
        self.proj = nn.Linear(d_in, d_out)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(torch.relu(self.proj(x)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.extractor = Extractor()
        self.top = nn.Linear(16, 4)

    def forward(self, x):
        return self.top(self.extractor(x))


net = Net()
for p in net.extractor.parameters():
    p.requires_grad = False

optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for epoch in range(2):
    net.train()
    for _ in range(2):
        x, y = torch.randn(12, 10), torch.randint(0, 4, (12,))
        loss = nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
