# label: ok
# category: frozen-mid-training
# rule: FRZ202
# truth: the freeze comes with `grad = None`, so nothing moves in the step that follows
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(7, 7)
        self.head = nn.Linear(7, 2)

    def forward(self, x):
        return self.head(torch.relu(self.body(x)))

    def freeze_body(self):
        for p in self.body.parameters():
            p.requires_grad = False
            p.grad = None


def train(net, optimizer, steps, freeze_at):
    for step in range(steps):
        loss = net(torch.randn(9, 7)).square().mean()
        loss.backward()
        if step == freeze_at:
            net.freeze_body()
        optimizer.step()
        for p in net.parameters():
            if p.grad is not None:
                p.grad.zero_()


torch.manual_seed(0)
model = Net()
train(model, torch.optim.Adam(model.parameters(), lr=0.01), 5, 2)
