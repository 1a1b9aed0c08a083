# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: main.py:14
# truth: reset_head() runs after Adam was built: the new head gets gradients and never moves
import torch
from torch import nn

from nets.classifier import TransferNet


def finetune(net, n_classes, steps):
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
    net.reset_head(n_classes)
    for _ in range(steps):
        x, y = torch.randn(8, 5), torch.randint(0, n_classes, (8,))
        loss = nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


if __name__ == "__main__":
    finetune(TransferNet(), n_classes=3, steps=3)
